"""What is this member's situation? One file a class; each looks at facts.members and returns firings."""
