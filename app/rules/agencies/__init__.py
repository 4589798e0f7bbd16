"""Agencies that move, merge and are dissolved: what goes where. Reports are handled elsewhere."""
