"""What did the campaign want to find out? Industry, size, coverage and the six surveys, as counts that add up."""
