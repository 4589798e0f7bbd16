"""Cells of a sheet that a spreadsheet program opens: text stays text, never a formula (case H1)."""

from __future__ import annotations

# ASCII and full-width forms; tab and line ends may stand before one.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: object) -> str:
    """`value` as text; with an apostrophe before what a spreadsheet would compute."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA) else text
