"""A county or a province with known truth, for tests, demos and measurements: synthetic persons only.

Scheme (domain rules §7, P17): every number passes its checksum and can belong to nobody. Identity numbers,
registration numbers and credit codes carry area codes 4699xx, which were never assigned; mobile numbers carry
the prefixes 142, 143 and 154, which were never given to the public. See docs/synthetic-data.md.
"""
