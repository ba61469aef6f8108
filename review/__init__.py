"""What does an analyst see and decide? Works on what the store holds; never recomputes."""
