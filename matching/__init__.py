"""Are these two records the same person (or the same enterprise)? Pure: frame in, frame out."""
