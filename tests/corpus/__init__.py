"""The corpus: small files as offices deliver them, each with what must come out of it."""
