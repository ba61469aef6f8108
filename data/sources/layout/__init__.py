"""Where on a sheet do tables stand? Headers, levels, sections and totals, from a grid to raw tables."""
