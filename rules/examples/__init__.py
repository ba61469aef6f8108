"""Examples of every rule: small tables in which it fires, holds back, or lacks the data. Run as tests."""
