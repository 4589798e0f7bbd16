"""A table on paper, broad side down, its headings on every page."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from app.exports.pdf import FONTS, Paper, Sheet


def table_pdf(
    paper: Paper,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    fonts: Path = FONTS,
) -> bytes:
    """The bytes of a PDF file: the title and facts of `paper`, then the rows. widths: shares of the line."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters and dates: they are taken care of there
        sheet = Sheet(paper.title, paper.foot, paper.language, paper.made, fonts=fonts, landscape=True)
        sheet.add_page()
        sheet.say(paper.title, bold=True, size=15)
        sheet.ln(2)
        for label, value in paper.facts:
            sheet.say(f"{label}: {value}")
        sheet.ln(3)
        sheet.set_font(sheet.family, "", 8)
        with sheet.table(col_widths=tuple(widths), text_align="LEFT", line_height=4.5) as table:
            for cells in (headings, *rows):
                line = table.row()
                for cell in cells:
                    line.cell(sheet.clean(cell))
        return bytes(sheet.output())
