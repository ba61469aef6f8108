"""Sources that are no files: queries and endpoints, pulled whole or by watermark; files that lie elsewhere."""
