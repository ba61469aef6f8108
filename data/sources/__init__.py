"""How does a file become rows? Readers, header detection and the declaration of sources."""
