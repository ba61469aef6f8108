"""How is one value read? Identifiers, dates, phones and text, each value to value."""
