"""A report on paper: what it says to whom, and that no text keeps it from being printed (case H6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports.pdf import FONTS, Paper, PdfEntry, report_pdf
from app.views.reports import report_pdf as page
from tests.support.http import Person
from tests.support.play import Play

SignIn = Callable[[str | None], Person]
NOW = datetime(2026, 6, 8, tzinfo=UTC)


def paper(text: str) -> Paper:
    return Paper(
        text,
        [("Pelapor", text)],
        [("Isi", text)],
        "Riwayat",
        [PdfEntry("", text, text, [text])],
        text,
        "id",
        NOW,
    )


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """What was given to the printer, the last one last."""
    seen: list[Paper] = []

    def keep(given: Paper) -> bytes:
        seen.append(given)
        return report_pdf(given)

    monkeypatch.setattr(page, "report_pdf", keep)
    return seen


def test_officers_and_reporter_read_what_their_pages_show(
    sign_in: SignIn, play: Play, printed: list[Paper]
) -> None:
    report = play.in_progress("a1", is_secret=True)
    play.comment(report, by="a1")
    answer = sign_in("a1").get(f"/laporan/{report}/pdf/")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert sign_in("warga").get(f"/laporan-saya/{report}/pdf/").data[:5] == b"%PDF-"
    officer, own = printed
    assert "Sedang kami tangani." in str(officer)
    assert "Sedang kami tangani." in str(own)
    assert "Mohon dicek bersama." in str(officer)
    assert "Mohon dicek bersama." not in str(own)
    for each in printed:
        assert "Petugas" not in str(each)


def test_a_copy_and_an_anonymous_report_name_nobody(
    sign_in: SignIn, play: Play, printed: list[Paper]
) -> None:
    copied, hidden = play.verified("a", is_secret=True), play.verified("a", is_anonymous=True)
    play.forward(copied, by="a", to="a1", copies=("b1",))
    sign_in("a").get(f"/laporan/{copied}/pdf/")
    sign_in("b1").get(f"/laporan/{copied}/pdf/")
    sign_in("a").get(f"/laporan/{hidden}/pdf/")
    full, copy, anonymous = printed
    name = full.facts[0][1]
    assert name not in str(copy)
    assert name not in str(anonymous)
    assert anonymous.facts[0][1] == "Anonim"


@pytest.mark.parametrize("fonts", [FONTS, Path("/nowhere")])
@pytest.mark.parametrize(
    "text",
    [
        "a" * 5_000,
        "مرحبا بالعالم",
        "中文報告",
        "😀🇮🇩",
        "\x00\x07\ufffe",
        "Baris\r\nkedua\tkolom",
        "ﷺ" * 300,
        "",
    ],
)
def test_any_script_is_printed(text: str, fonts: Path) -> None:
    assert report_pdf(paper(text), fonts).startswith(b"%PDF-")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_printed(text: str) -> None:
    assert report_pdf(paper(text)).startswith(b"%PDF-")
