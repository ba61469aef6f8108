"""What shape is it, and where is it kept? Contracts, sources, reference tables, synthetic data, store."""
