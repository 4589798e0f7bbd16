"""Measurements: `make bench`. Ratios of one run count; seconds are this machine's on this day."""
