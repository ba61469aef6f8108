"""What does the bureau read? Output files, ledgers, statistics."""
