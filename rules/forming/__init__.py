"""Which organisations could be formed, and where is the nearest branch? Proposals for a person to decide."""
