"""The monthly recap: the figures of Statistik on paper, with pictures, for whoever may see the page."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.exports import pictures as drawn
from app.exports.pictures import chromium_of, pictures
from app.exports.recap import Recap, recap_pdf
from app.extensions import transaction
from app.jobs import exporting
from app.models import Account, Agency, AuditEntry, Export, Report
from app.models.accounts.security import FabRole
from app.rules.figures.exports import ExportState
from app.rules.reports.workflow import Action
from app.stats.charts import Drawing, Series, figure
from app.stats.measures import CHARTS, MEASURES
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
PNG = b"\x89PNG\r\n\x1a\n"
MONTH = "2026-06"
FIGURE = figure(Drawing(["Unit <b>A1</b>", "Unit A2"], [Series("Diterima", [2, 1])], "Diterima"))


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Recap]:
    """What was given to the printer. Chromium draws in one test alone."""
    seen: list[Recap] = []

    def keep(given: Recap) -> bytes:
        seen.append(given)
        return recap_pdf(given)

    monkeypatch.setattr(exporting, "recap_pdf", keep)
    monkeypatch.setattr(exporting, "pictures", lambda *_: [])
    return seen


@pytest.fixture
def busy(play: Play) -> Play:
    play.verified("a1")
    report = play.in_progress("a1")
    play.decide(report, by="pusat", action=Action.CLOSE)
    play.verified("a")
    play.verified("b1")
    return play


def made(person: Person, agency: int, month: str = MONTH) -> str:
    """Have it made; the address of its file."""
    answer = person.post(f"/monitor/rekap/?instansi={agency}", {"bulan": month})
    assert answer.status_code == 303, answer.text
    assert exporting.make_next(datetime.now(UTC))
    return f"{answer.location}berkas"


def chapter(recap: Recap, slug: str) -> dict[str, list[str]]:
    """Name of a row -> its cells."""
    found = next(each for each in recap.chapters if each.title == CHARTS[slug].title)
    return {row[0]: list(row[1:]) for row in found.rows}


def test_it_says_what_the_page_says(
    app: Flask, sign_in: SignIn, busy: Play, world: World, printed: list[Recap]
) -> None:
    person = sign_in("a")
    assert person.get("/monitor/rekap/").status_code == 200
    content = person.get(made(person, world.a))
    assert content.data[:5] == b"%PDF-"
    assert (
        content.headers["Content-Disposition"] == f'attachment; filename="rekap-lapor-{world.a}-{MONTH}.pdf"'
    )
    recap = printed[0]
    assert [each.title for each in recap.chapters] == [chart.title for chart in CHARTS.values()]
    for slug, chart in CHARTS.items():
        days = "dari=2025-07-01" if slug == "bulan" else "dari=2026-06-01"
        page = person.get(
            f"/monitor/statistik/{chart.side.value}/?data={slug}&instansi={world.a}"
            f"&periode=bebas&{days}&sampai=2026-06-30"
        ).text
        told = re.search(r"<tfoot>(.*?)</tfoot>", page, re.DOTALL)
        assert told, slug
        cells = [
            re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", told[1], re.DOTALL)
        ]
        assert chapter(recap, slug)["Jumlah"] == cells[1:], slug
    assert chapter(recap, "status")["Selesai oleh petugas atau pelapor"][0] == "1"
    facts = dict(recap.facts)
    assert facts["Tanggal laporan masuk"].endswith("Selasa, 30 Juni 2026 (WIB)")
    assert re.search(r"WIB oleh .+, Instansi A$", facts["Dibuat"])
    assert {title for title, _ in recap.meanings} == {
        MEASURES[name].title for chart in CHARTS.values() for name in chart.measures
    }
    assert any("tidak dapat dibuat" in note for note in recap.notes)
    with transaction() as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "export.taken")).one()
        rows = sum(len(each.rows) - 1 for each in recap.chapters)
        assert noted.data == {"what": "recap_named", "form": "pdf", "rows": rows}


def test_nobody_has_the_recap_of_another_agency(
    sign_in: SignIn, busy: Play, world: World, printed: list[Recap]
) -> None:
    mine = made(sign_in("a"), world.a1)
    for other, agency in (("b1", world.a1), ("a1", world.a), ("a1", 999_999)):
        person = sign_in(other)
        assert person.get(f"/monitor/rekap/?instansi={agency}").status_code == 404
        assert person.post(f"/monitor/rekap/?instansi={agency}", {"bulan": MONTH}).status_code == 404
        assert person.get(mine).status_code == 404
    assert sign_in("warga").get("/monitor/rekap/").status_code == 403
    for wrong in ("2026-13", "1999-01", "x", ""):
        assert sign_in("a").post("/monitor/rekap/", {"bulan": wrong}).status_code == 422


def test_an_agency_that_went_elsewhere_meanwhile_is_not_told_of(
    sign_in: SignIn, busy: Play, world: World, printed: list[Recap]
) -> None:
    person = sign_in("a")
    assert person.post(f"/monitor/rekap/?instansi={world.a}", {"bulan": MONTH}).status_code == 303
    with transaction() as session:
        row = session.scalars(select(Export)).one()
        row.selection = {**row.selection, "agency": world.b1}
    assert exporting.make_next(datetime.now(UTC))
    with transaction() as session:
        assert session.scalars(select(Export)).one().state is ExportState.FAILED
    assert printed == []


def test_who_reads_figures_alone_is_told_no_name(
    app: Flask, sign_in: SignIn, busy: Play, world: World, printed: list[Recap]
) -> None:
    """Statistikawan: "Admin 1", never who that is; and whoever loses the right to names loses the file."""
    with app.app_context(), transaction() as session:
        names = {world.account(session, who).get_full_name() for who in ("a", "a1", "a1b", "pusat")}
    reader = sign_in("statistik")
    assert reader.get(made(reader, world.a)).status_code == 200
    said = str(printed[-1])
    assert [name for name in names if name in said] == []
    assert "Admin 1" in chapter(printed[-1], "admin")
    person = sign_in("a")
    file = made(person, world.a)
    assert names & chapter(printed[-1], "admin").keys()
    assert person.get(file).status_code == 200
    with transaction() as session:
        row = session.scalars(select(Export).where(Export.kind == "recap_named")).one()
        statistician = session.scalars(select(FabRole).where(FabRole.name == "Statistikawan")).one()
        world.account(session, "a").roles = [statistician]
        assert row.state is ExportState.READY
    assert person.get(file).status_code == 404


def test_no_file_of_figures_names_anybody_to_who_reads_figures_alone(
    app: Flask, sign_in: SignIn, busy: Play, world: World
) -> None:
    """Every chart and Pemantauan, in CSV: neither officers nor reporters, nor a report's title or number."""
    with app.app_context(), transaction() as session:
        people = session.scalars(select(Account)).all()
        names = {part for each in people for part in (each.get_full_name(), each.email, each.username)}
        names |= {report.title for report in session.scalars(select(Report)) if report.title}
        # An account's own name may stand in its own file, and an agency may be called like its admin.
        names -= {agency.name for agency in session.scalars(select(Agency))} | {""}
    reader, central = sign_in("statistik"), sign_in("pusat")
    files = [f"/monitor/statistik/tabel.csv?data={slug}&periode=semua" for slug in CHARTS]
    files.append("/monitor/pemantauan/pemantauan.csv?periode=semua")
    for url in files:
        said = reader.get(url).text
        assert said.count("\n") > 3, url
        assert [name for name in names if name in said] == [], url
    assert any(name in central.get(files[list(CHARTS).index("admin")]).text for name in names)
    for closed in ("/ekspor/laporan/angka.csv?data=status", "/ekspor/daftar/pernah-ditangani.csv"):
        assert reader.get(closed).status_code == 403


def test_chromium_draws_and_nothing_of_it_stays() -> None:
    path = chromium_of("")
    assert path, "the recap's pictures need Chromium: install Debian's package chromium"
    found = pictures([FIGURE, FIGURE], path, "id")
    assert [each[:8] for each in found] == [PNG, PNG]
    assert leftovers() == []


def test_a_browser_that_hangs_is_ended(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "GRACE", 10)
    hanging = tmp_path / "chromium"
    hanging.write_text("#!/bin/sh\nexec sleep 97531\n")
    hanging.chmod(hanging.stat().st_mode | stat.S_IXUSR)
    assert pictures([FIGURE], str(hanging), "id", seconds=2) == []
    assert "no pictures" in caplog.text
    assert "A1" not in caplog.text
    assert leftovers() == []


def test_without_chromium_it_is_said_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert chromium_of(str(tmp_path / "absent")) == ""
    assert pictures([FIGURE], "", "id") == []
    assert pictures([FIGURE], "/bin/false", "id", seconds=5) == []
    assert caplog.text.count("no pictures") == 2


def leftovers() -> list[str]:
    """Command lines of processes that the pictures began, after a moment to end."""
    deadline = time.monotonic() + 5
    while True:
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal() and int(folder.name) != os.getpid():
                try:
                    said = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                except OSError:
                    continue
                if "lapor-pictures-" in said or "sleep 97531" in said:
                    found.append(said)
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)
