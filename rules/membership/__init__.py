"""The state of a membership: its machine, its history out of decisions and dates, and the dates that stand out."""
