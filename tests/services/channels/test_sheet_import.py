"""A Laporan Ringkas becomes reports: complete, as the file says, once, and telling nobody."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.ctx import AppContext
from sqlalchemy import func, select

from app.access.actor import SYSTEM
from app.access.channels import sheet_imports
from app.extensions import transaction
from app.jobs.importing import import_sheets
from app.jobs.schedule import expire_clocks
from app.models import (
    Agency,
    ArchiveReason,
    AuditEntry,
    Category,
    Disposition,
    Event,
    EventText,
    OutboxMessage,
    Report,
    ReportClock,
    Reporter,
    SheetRow,
    StatDirty,
)
from app.rules.channels.ringkas import COLUMNS
from app.rules.channels.ringkas_words import RowOutcome, SheetState
from app.rules.errors import AlreadyDone, Forbidden, Invalid
from app.rules.reports.codes import Channel, EndedBy, EventKind
from app.rules.reports.workflow import Clock, State
from app.rules.zones import Zone
from app.search import index
from app.services.agencies import derived_rows
from app.services.channels import sheet_importing
from app.services.channels.sheet_importing import MAKE
from tests.support.sheets import FIRST, NOW, PREAMBLE, checked, imported, row, sheet
from tests.support.world import World

GENERATED = datetime(2026, 1, 10, 1, tzinfo=UTC)
STATES = (
    ("Ditutup oleh Sistem", State.CLOSED, EndedBy.SYSTEM, None),
    ("Ditutup oleh Admin", State.CLOSED, EndedBy.ADMIN, None),
    ("Ditutup oleh Pelapor", State.CLOSED, EndedBy.REPORTER, None),
    ("Diarsipkan oleh Admin", State.ARCHIVED, EndedBy.ADMIN, None),
    ("Diarsipkan oleh Sistem", State.ARCHIVED, EndedBy.SYSTEM, None),
    ("Konten Terblokir", State.ARCHIVED, EndedBy.ADMIN, None),
    ("Menunggu Kelengkapan Informasi", State.INCOMPLETE, None, Clock.DETAILS),
    ("Belum Terverifikasi", State.UNVERIFIED, None, Clock.VERIFICATION),
    ("Terverifikasi", State.WAITING, None, Clock.FOLLOW_UP),
    ("Sedang Diproses", State.IN_PROGRESS, None, Clock.AUTO_CLOSE),
    ("Ditanggapi oleh Pelapor", State.IN_PROGRESS, None, None),
)


def report(external: int) -> Report:
    with transaction() as session:
        found = session.scalars(select(Report).where(Report.external_id == str(700_000 + external))).one()
        session.expunge(found)
        return found


def number(model: type, *where: Any) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_every_state_comes_in_complete(ctx: AppContext, world: World) -> None:
    imported(sheet(row(n, Status_Laporan=words) for n, (words, *_) in enumerate(STATES)))
    for n, (words, state, by, clock) in enumerate(STATES):
        found = report(n)
        assert (found.state, found.ended_by, found.clock_kind) == (state, by, clock), words
        assert found.ended_at == (GENERATED if by else None), words
        followed = state is State.IN_PROGRESS or words == "Ditutup oleh Sistem"
        assert found.first_follow_up_at == (GENERATED if followed else None), words
        past_the_desk = state in (State.CLOSED, State.WAITING, State.IN_PROGRESS)
        assert found.holder_id == (world.a if past_the_desk else world.root), words
        assert (found.received_at, found.source) == (datetime(2026, 1, 3, 2, 30, tzinfo=UTC), Channel.WEBSITE)
        with transaction() as session:
            seqs = list(
                session.scalars(select(Event.seq).where(Event.report_id == found.id).order_by(Event.seq))
            )
            assert seqs == list(range(1, found.version + 1)), words
            chain = session.scalars(
                select(Disposition.agency_id)
                .where(Disposition.report_id == found.id)
                .order_by(Disposition.seq)
            )
            assert list(chain) == [world.root, *([world.a] if past_the_desk else [])], words
            if clock is not None:
                running = session.scalars(
                    select(ReportClock).where(ReportClock.report_id == found.id, ReportClock.kind == clock)
                ).one()
                assert (running.started_at, running.outcome) == (NOW, None), words
                assert running.due_at > NOW
            else:
                assert (
                    number(ReportClock, ReportClock.report_id == found.id, ReportClock.kind != Clock.TARGET)
                    == 0
                )
    with transaction() as session:
        assert derived_rows.check_scope(session, 0, repair=False).wrong == ()
        assert index.check(session, 0).wrong == ()
        assert set(session.scalars(select(StatDirty.month))) == {"2026-01"}
        assert derived_rows.recompute_deadlines(session, 0, NOW).wrong == ()


def test_nobody_is_told_and_nothing_is_closed_at_once(ctx: AppContext) -> None:
    before = number(OutboxMessage)
    imported(sheet(row(n, Status_Laporan=words) for n, (words, *_) in enumerate(STATES)))
    assert number(OutboxMessage) == before
    assert expire_clocks(NOW + timedelta(days=9)) == "moved 0, failed 0"
    assert report(9).state is State.IN_PROGRESS
    expire_clocks(NOW + timedelta(days=11))
    assert (report(9).state, report(9).ended_by) == (State.CLOSED, EndedBy.SYSTEM)
    assert report(10).state is State.IN_PROGRESS  # its reporter wrote last


def test_what_was_written_is_kept(ctx: AppContext) -> None:
    imported(
        sheet(
            [
                row(1, Tipe_Laporan="Anonim|Rahasia", Sumber_Laporan="Papan tulis"),
                row(2, Sumber_Laporan="Twitter/X", Nama_Pelapor="Anonim", Status_Laporan="Diarsipkan oleh Admin",
                    Alasan_Tunda_Arsip="Kata-kata sendiri"),
                row(3, Status_Laporan="Konten Terblokir", Alasan_Tunda_Arsip="Mengandung SARA"),
                row(4, Status_Laporan="Diarsipkan oleh Pelapor", Alasan_Tunda_Arsip="mengandung  sara"),
            ]
        )
    )  # fmt: skip
    first, second = report(1), report(2)
    assert (first.is_anonymous, first.is_secret, first.rating) == (True, True, 4)
    assert first.original_text == "Lampu padam.\nSudah seminggu."
    assert first.text == "Lampu jalan padam.\nSudah seminggu."
    assert (first.source, second.source) == (Channel.IMPORT, Channel.X)
    assert first.area_code == "35.78.06"
    assert first.location == "Kelurahan Contoh, Sawahan, Kota Surabaya, Jawa Timur"
    assert second.reporter_id is None
    assert [report(n).archive_reason for n in (2, 3, 4)] == ["imported", "blocked", "sara"]
    with transaction() as session:
        person = session.get_one(Reporter, first.reporter_id)
        assert (person.name, person.email, person.phone) == ("Warga Contoh", "", "")
        notes = {
            (report_id, name): words
            for report_id, name, words in session.execute(
                select(EventText.report_id, EventText.name, EventText.text)
            )
        }
        assert notes[first.id, "channel"] == "Papan tulis"
        assert "Nomor SK: SK-1/2026" in notes[first.id, "import"]
        assert "ID Kategori: 12" in notes[first.id, "import"]
        assert (notes[first.id, "text_before"], notes[first.id, "text_after"]) == (
            first.original_text,
            first.text,
        )
        assert notes[second.id, "note"] == "Kata-kata sendiri"
        assert session.get_one(ArchiveReason, "blocked").retired_at == NOW
        kinds = set(session.scalars(select(Event.kind).where(Event.report_id == first.id)))
        assert kinds == {
            EventKind.RECEIVED, EventKind.CORRECTED, EventKind.VERIFIED, EventKind.AUTO_CLOSED,
        }  # fmt: skip


def test_further_columns_are_kept_and_the_zone_is_said(ctx: AppContext) -> None:
    headings = (*COLUMNS, "Isi Tindak Lanjut")
    line = {**row(1), "Isi Tindak Lanjut": "Sudah\ndiperbaiki."}
    imported(sheet([line], headings=headings), zone=Zone.WIT)
    found = report(1)
    assert found.received_at == datetime(2026, 1, 3, 0, 30, tzinfo=UTC)
    with transaction() as session:
        kept = session.scalars(
            select(EventText.text).where(EventText.report_id == found.id, EventText.name == "import")
        ).one()
    assert "Isi Tindak Lanjut: Sudah\ndiperbaiki." in kept


def test_a_second_import_changes_nothing(ctx: AppContext) -> None:
    content = sheet(row(n) for n in range(20))
    imported(content)
    counts = [number(model) for model in (Report, Event, Disposition, Agency, Category, Reporter)]
    again = imported(content)
    with transaction() as session:
        made = sheet_imports.get_import(session, again)
        assert (made.state, made.imported, made.known, made.refused) == (SheetState.DONE, 0, 20, 0)
    assert [number(model) for model in (Report, Event, Disposition, Agency, Category, Reporter)] == counts


def test_what_came_in_meanwhile_is_there_already(ctx: AppContext) -> None:
    """Two files with the same row, both checked before either is imported."""
    first, second = checked(sheet([row(1)])), checked(sheet([row(1), row(2)]))
    for key in (first, second):
        with transaction() as session:
            choices = {name.id: MAKE for name in sheet_imports.unknown_names(session, key)}
            sheet_importing.confirm(session, SYSTEM, key, choices, NOW, skip_faults=False)
    import_sheets(NOW)
    with transaction() as session:
        made = sheet_imports.get_import(session, second)
        assert (made.imported, made.known) == (1, 1)
    assert number(Report) == 2


def test_a_wrong_row_stops_all_until_somebody_agrees(ctx: AppContext) -> None:
    key = checked(sheet([row(1), row(2, Status_Laporan="Selesai"), row(1)]))
    with transaction() as session:
        wrong = [each.fault["cell"] for each in sheet_imports.faulty(session, key) if each.fault]
        assert wrong == [f"P{FIRST + 1}", f"A{FIRST + 2}"]
        choices = {name.id: MAKE for name in sheet_imports.unknown_names(session, key)}
    with pytest.raises(Invalid) as refused, transaction() as session:
        sheet_importing.confirm(session, SYSTEM, key, choices, NOW, skip_faults=False)
    assert set(refused.value.errors) == {"skip"}
    import_sheets(NOW)
    assert number(Report) == 0
    with transaction() as session:
        sheet_importing.confirm(session, SYSTEM, key, choices, NOW, skip_faults=True)
    import_sheets(NOW)
    with transaction() as session:
        became = [
            (each.number, each.outcome, bool(each.report_id)) for each in sheet_imports.results(session, key)
        ]
    assert became == [
        (FIRST, RowOutcome.IMPORTED, True),
        (FIRST + 1, RowOutcome.REFUSED, False),
        (FIRST + 2, RowOutcome.REFUSED, False),
    ]
    assert number(SheetRow, SheetRow.data != {}) == 0  # what it says of people goes


def test_unknown_names_are_made_or_mapped_on_confirmation_alone(ctx: AppContext, world: World) -> None:
    key = checked(
        sheet(
            [
                row(1, Instansi_Terdisposisi="Dinas Contoh", Instansi_Induk="Instansi A"),
                row(2, Kategori="Lain"),
            ]
        )
    )
    assert number(Agency, Agency.name == "Dinas Contoh") == 0
    with transaction() as session:
        unknown = {name.name: name.id for name in sheet_imports.unknown_names(session, key)}
    assert set(unknown) == {"Dinas Contoh", "Jalan Contoh", "Lain"}
    with pytest.raises(Invalid) as refused, transaction() as session:
        sheet_importing.confirm(session, SYSTEM, key, {unknown["Lain"]: 987_654}, NOW, skip_faults=False)
    assert set(refused.value.errors) == {f"name-{each}" for each in unknown.values()}
    choices = {unknown["Dinas Contoh"]: MAKE, unknown["Jalan Contoh"]: world.category, unknown["Lain"]: MAKE}
    with transaction() as session:
        sheet_importing.confirm(session, SYSTEM, key, choices, NOW, skip_faults=False)
    with pytest.raises(AlreadyDone), transaction() as session:
        sheet_importing.confirm(session, SYSTEM, key, choices, NOW, skip_faults=False)
    import_sheets(NOW)
    with transaction() as session:
        made = session.scalars(select(Agency).where(Agency.name == "Dinas Contoh")).one()
        assert made.parent_id == world.a
        assert session.scalars(select(Category).where(Category.name == "Lain")).one().retired_at == NOW
        actions = set(session.scalars(select(AuditEntry.action)))
    assert {"sheet_import.confirmed", "sheet_import.finished", "agency.created", "category.added"} <= actions
    assert (report(1).holder_id, report(1).category_id) == (made.id, world.category)


def test_an_interrupted_import_goes_on(ctx: AppContext) -> None:
    key = checked(sheet(row(n) for n in range(30)))
    with transaction() as session:
        choices = {name.id: MAKE for name in sheet_imports.unknown_names(session, key)}
        sheet_importing.confirm(session, SYSTEM, key, choices, NOW, skip_faults=False)
    with transaction() as session:
        assert sheet_importing.import_batch(session, NOW, limit=10) == (key, 10)
    with pytest.raises(ZeroDivisionError), transaction() as session:
        assert sheet_importing.import_batch(session, NOW, limit=10)[1] / 0  # killed before the commit
    assert number(Report) == 10
    import_sheets(NOW)
    with transaction() as session:
        assert sheet_imports.get_import(session, key).imported == 30
    assert number(Report) == 30


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (b"", ""),
        (b"PK\x03\x04 no archive at all", ""),
        (sheet([row(1)], headings=(*COLUMNS[:5], "Nama Kategori", *COLUMNS[6:])), f"F{FIRST - 1}"),
        (sheet([row(1)], headings=("Nomor", *COLUMNS[1:])), "A1"),
        (sheet([]), ""),
    ],
)
def test_a_file_that_is_none_is_refused_whole(ctx: AppContext, content: bytes, cell: str) -> None:
    key = imported(content)
    with transaction() as session:
        row_ = sheet_imports.get_import(session, key)
        assert (row_.state, (row_.fault or {})["cell"]) == (SheetState.REFUSED, cell)
    assert number(Report) == number(SheetRow) == 0


def test_only_who_may_change_settings_imports(ctx: AppContext, world: World) -> None:
    key = checked(sheet([row(1)]))
    with transaction() as session:
        officer = world.actor(session, "a")
    for act in (
        lambda s: sheet_importing.confirm(s, officer, key, {}, NOW, skip_faults=False),
        lambda s: sheet_importing.cancel(s, officer, key, NOW),
    ):
        with pytest.raises(Forbidden), transaction() as session:
            act(session)


def test_memory_does_not_grow_with_the_file(ctx: AppContext) -> None:
    """Ten times the rows: the peak grows by far less, since rows are read and written batch by batch."""
    peaks = []
    for rows in (300, 3_000):
        content = sheet(row(n, Isi_Laporan_Awal=f"Lampu {n} padam. " * 40) for n in range(rows))
        tracemalloc.start()
        checked(content)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0] + 3_000_000, peaks


def test_the_preamble_says_when_the_file_was_made(ctx: AppContext) -> None:
    without = [line for line in PREAMBLE if line[0] != "Tanggal Generate"]
    imported(sheet([row(1)], preamble=without))
    assert report(1).ended_at == NOW
