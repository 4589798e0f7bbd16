"""Cells of tables that people open in a spreadsheet: text stays text there (case H1)."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
QUOTE = "'"


def cell(value: object) -> object:
    """`value` as it may stand in a file: a text that a spreadsheet would calculate gets a quote before it.

    Numbers stay numbers. White space before a formula does not hide it.
    """
    if not isinstance(value, str):
        return value
    begins = value.lstrip(" \u00a0\u3000\ufeff\u200b")
    return f"{QUOTE}{value}" if value.startswith(FORMULA) or begins.startswith(FORMULA) else value
