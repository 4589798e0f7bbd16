"""One report on paper. What it says is given; whoever gives it has asked what its reader may know."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF

# Debian's fonts-dejavu-core. Without it the paper has the letters of Latin-1 alone.
FONTS = Path("/usr/share/fonts/truetype/dejavu")
PLAIN, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
FAMILY, CORE = "DejaVu", "Helvetica"
MISSING = "?"  # stands for a letter that the font does not have
MARGIN = 18.0  # millimetres
LINE = 5.5


@dataclass(frozen=True)
class PdfEntry:
    """One line of the history: when and who in words, what happened, and what was written."""

    when: str
    who: str
    what: str
    texts: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """title: of the document. facts: label and value. texts: heading and text. foot: on every page."""

    title: str
    facts: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str]]
    history: str
    entries: Sequence[PdfEntry]
    foot: str
    language: str
    made: datetime


@lru_cache(maxsize=4)
def letters(font: Path) -> frozenset[int]:
    """The code points that a font file has."""
    with TTFont(font, lazy=True) as file:
        return frozenset(file.getBestCmap())


class Sheet(FPDF):  # type: ignore[misc]
    """An A4 document of ours: its letters, its margins, its foot on every page."""

    def __init__(
        self,
        title: str,
        foot: str,
        language: str,
        made: datetime,
        *,
        fonts: Path = FONTS,
        landscape: bool = False,
    ) -> None:
        super().__init__("landscape" if landscape else "portrait", format="A4")
        self.foot = foot
        self.known: frozenset[int] | None = None
        self.family = CORE
        if (fonts / PLAIN).is_file() and (fonts / BOLD).is_file():
            self.family, self.known = FAMILY, letters(fonts / PLAIN) & letters(fonts / BOLD)
            self.add_font(FAMILY, "", fonts / PLAIN)
            self.add_font(FAMILY, "B", fonts / BOLD)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.set_title(self.clean(title))
        self.set_lang(language)
        self.set_creator("LAPOR!")
        self.set_creation_date(made)

    def clean(self, text: str) -> str:
        """`text` with a sign for each letter that cannot be printed, and no control characters."""
        return "".join(
            letter if letter == "\n" or self._has(letter) else MISSING
            for letter in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        )

    def _has(self, letter: str) -> bool:
        if not letter.isprintable():
            return False
        if self.known is not None:
            return ord(letter) in self.known
        return ord(letter) < 256

    def footer(self) -> None:
        self.set_y(-MARGIN + 4)
        self.set_font(self.family, "", 8)
        self.cell(0, LINE, self.clean(f"{self.foot} · {self.page_no()}"), align="C")

    def say(self, text: str, *, bold: bool = False, size: float = 10) -> None:
        self.set_font(self.family, "B" if bold else "", size)
        # A word longer than the line is broken anywhere.
        self.multi_cell(
            0, LINE * size / 10, self.clean(text), new_x="LMARGIN", new_y="NEXT", align="L", wrapmode="WORD"
        )


def report_pdf(paper: Paper, fonts: Path = FONTS) -> bytes:
    """The bytes of a PDF file with its title and language in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters and dates: they are taken care of here
        sheet = Sheet(paper.title, paper.foot, paper.language, paper.made, fonts=fonts)
        sheet.add_page()
        sheet.say(paper.title, bold=True, size=15)
        sheet.ln(2)
        for label, value in paper.facts:
            if value:
                sheet.say(f"{label}: {value}")
        for heading, text in paper.texts:
            if text:
                sheet.ln(3)
                sheet.say(heading, bold=True, size=12)
                sheet.say(text)
        sheet.ln(3)
        sheet.say(paper.history, bold=True, size=12)
        for entry in paper.entries:
            sheet.ln(2)
            sheet.say(" · ".join(part for part in (entry.when, entry.who) if part), size=8.5)
            sheet.say(entry.what, bold=True)
            for text in entry.texts:
                if text:
                    sheet.say(text)
        return bytes(sheet.output())
