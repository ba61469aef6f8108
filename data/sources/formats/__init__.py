"""What does a file hold, by its content? Readers of each format, from bytes to grids."""
