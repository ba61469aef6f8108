"""What is this member's situation, is this entry false? Pure: frames in, frames out."""
