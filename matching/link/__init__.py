"""Any two tables: which rows are one and the same? A specification says how; the engine is the person model's."""
