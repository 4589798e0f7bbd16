"""The monthly recap of an agency on paper: figures as pictures, their tables, and what each number means."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from app.exports.pdf import LINE, Sheet

NAME_PART, NUMBER_PART = 20, 10  # widths of a table's columns, in relation to each other
SMALL = 7.5
SHADE = (238, 241, 245)
PIXEL = 0.24  # millimetres of paper for one pixel of a figure
HEADROOM = 45  # millimetres that a heading wants below it


@dataclass(frozen=True)
class Picture:
    """png: its bytes; width, height: of the figure, in pixels."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Chapter:
    """A figure of Statistik. columns: headings; rows: cells in words, the last one the total."""

    title: str
    says: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    empty: str
    note: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Recap:
    """facts: label and value at the head. meanings: each number and what it is. notes: what is said once."""

    title: str
    facts: Sequence[tuple[str, str]]
    notes: Sequence[str]
    chapters: Sequence[Chapter]
    meanings_title: str
    meanings: Sequence[tuple[str, str]]
    foot: str
    language: str
    made: datetime


def recap_pdf(recap: Recap) -> bytes:
    """The bytes of the PDF file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters and dates: the sheet takes care of them
        sheet = Sheet(recap.title, recap.foot, recap.language, recap.made, landscape=True)
        sheet.add_page()
        sheet.say(recap.title, bold=True, size=17)
        sheet.ln(2)
        for label, value in recap.facts:
            sheet.say(f"{label}: {value}")
        sheet.ln(1)
        for note in recap.notes:
            sheet.say(note, size=9)
        for chapter in recap.chapters:
            _chapter(sheet, chapter)
        sheet.add_page()
        sheet.say(recap.meanings_title, bold=True, size=14)
        for title, says in recap.meanings:
            sheet.ln(1.5)
            sheet.say(title, bold=True, size=9)
            sheet.say(says, size=9)
        return bytes(sheet.output())


def _chapter(sheet: Sheet, chapter: Chapter) -> None:
    drawn = chapter.picture
    width = height = 0.0
    if drawn is not None:
        # As large as its letters want, and never larger than a page.
        by = min(PIXEL, sheet.epw / drawn.width, (sheet.eph - HEADROOM) / drawn.height)
        width, height = drawn.width * by, drawn.height * by
    if sheet.will_page_break(height + HEADROOM):
        sheet.add_page()
    sheet.ln(5)
    sheet.say(chapter.title, bold=True, size=13)
    sheet.say(chapter.says, size=9)
    sheet.ln(1)
    if drawn is not None:
        sheet.image(BytesIO(drawn.png), w=width, h=height, alt_text=sheet.clean(chapter.title))
        sheet.ln(2)
    if len(chapter.rows) > 1:
        _table(sheet, chapter)
    else:
        sheet.say(chapter.empty)
    if chapter.note:
        sheet.say(chapter.note, size=SMALL)


def _table(sheet: Sheet, chapter: Chapter) -> None:
    """Headings come again on each page; the last row is the total."""
    numbers = len(chapter.columns) - 1
    sheet.set_font(sheet.family, "", SMALL)
    strong = FontFace(emphasis="BOLD")
    with sheet.table(
        align="LEFT",
        width=min(sheet.epw, sheet.epw * (NAME_PART + NUMBER_PART * numbers) / 100),
        col_widths=(NAME_PART, *(NUMBER_PART,) * numbers),
        text_align=("LEFT", *("RIGHT",) * numbers),
        line_height=LINE * SMALL / 10,
        padding=(1, 1),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="BOLD", fill_color=SHADE),
    ) as table:
        for cells in (chapter.columns, *chapter.rows):
            row = table.row()
            for cell in cells:
                row.cell(sheet.clean(cell), style=strong if cells is chapter.rows[-1] else None)
