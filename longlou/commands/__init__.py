"""One file per command, each a few lines: read the arguments, call the step, show the result."""
