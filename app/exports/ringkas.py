"""Laporan Ringkas out: the official columns in their order, then the agencies' answers.

It shows what the page of each report shows to whoever exports: texts whole or masked, nothing of who sent
an anonymous report, and to a copy neither a name nor the text before the desk edited it. A report without an answer is a row like any other (case H4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.figures.answers import (
    AREA_PARTS,
    AgencyAnswer,
    answers,
    area_names,
    delay_reasons,
    import_notes,
    parents,
)
from app.access.public_text import Version, read_by, reads_original
from app.access.reports.cards import Facts, whole_facts
from app.access.standing import chains
from app.models import Report
from app.rules.channels.ringkas import ANSWERS, COLUMNS, KEPT
from app.rules.channels.ringkas_words import Ending, written_status, written_type
from app.rules.figures.export_dates import written_clock, written_day, written_moment
from app.rules.labels import Labelled
from app.rules.reports.codes import EndedBy
from app.rules.reports.tabs import Basis
from app.rules.reports.workflow import State
from app.rules.zones import Zone

HEADER = (*COLUMNS, *ANSWERS)
NOBODY = ""  # a name that is not known, or not told
ANONYMOUS = "Anonim"
AT_THE_DESK = frozenset({State.UNVERIFIED, State.INCOMPLETE, State.ARCHIVED})
BLOCKED = "blocked"


def preamble(actor: Actor, title: str, period: str, now: datetime) -> list[list[object]]:
    """What stands above the headings: whose file it is, of which days, made when, in which zone."""
    return [
        ["Judul Laporan", title],
        ["Nama Instansi", actor.agency_name],
        ["Tanggal Generate", written_moment(now, actor.zone)],
        ["Periode Masuk", period],
        ["Pengelola", actor.name],
        ["Zona Waktu", actor.zone.label],
        [],
    ]


def sheet(
    session: Session,
    actor: Actor,
    batches: Iterable[Sequence[int]],
    now: datetime,
    *,
    title: str,
    period: str,
) -> Iterator[Sequence[object]]:
    """Every row of the file: preamble, headings, reports in the order of `batches`."""
    yield from preamble(actor, title, period, now)
    yield HEADER
    for batch in batches:
        yield from rows(session, actor, batch)


def rows(session: Session, actor: Actor, report_ids: Sequence[int]) -> list[list[object]]:
    """The rows of those of these reports that `actor` sees now, in the given order."""
    facts = whole_facts(session, actor, report_ids)
    seen = list(facts)
    way = chains(session, seen)
    said = answers(session, actor, seen)
    notes = import_notes(session, [key for key in seen if facts[key].report.external_source])
    delays = delay_reasons(session, [key for key in seen if facts[key].report.state is State.INCOMPLETE])
    places = area_names(session, {each.report.area_code for each in facts.values() if each.report.area_code})
    above = parents(session, {each.report.holder_id for each in facts.values()})
    made = []
    for key in report_ids:
        if key in facts:
            of_file = notes.get(key, {}) if facts[key].basis is Basis.FULL else {}
            version = read_by(actor, facts[key].report, way[key], facts[key].basis)
            columns = _official(facts[key], version, actor.zone, of_file, places, above, delays.get(key, ""))
            made.append(
                [columns.get(name, "") for name in COLUMNS]
                + _answered(said.get(key, ()), version, actor.zone)
            )
    return made


def _official(
    facts: Facts[Report],
    version: Version,
    zone: Zone,
    notes: Mapping[str, str],
    places: Mapping[str, str],
    above: Mapping[int, str],
    delay: str,
) -> dict[str, object]:
    """The official columns of a report, by name."""
    report = facts.report
    state = State(report.state)
    received = report.received_at.astimezone(ZoneInfo(zone.value))
    # What lies with the root because nobody has it yet is with no agency.
    placed = report.holder_id in above or state not in AT_THE_DESK
    codes = (report.area_code or "").split(".")
    area = [places.get(".".join(codes[: n + 1]), "") if n < len(codes) else "" for n in range(AREA_PARTS)]
    ending = Ending(
        state,
        EndedBy(report.ended_by) if report.ended_by else None,
        unanswered=report.reply_unanswered,
        blocked=report.archive_reason == BLOCKED,
    )
    return {
        **_kept(version(notes.get("import", ""))),
        "Tracking ID": report.id,
        "Tanggal Laporan Masuk": written_day(received.date()),
        "Waktu Laporan Masuk": written_clock(received),
        "Nama Pelapor": _reporter(facts),
        "Klasifikasi Laporan": _word(report.classification),
        "ID Kategori": report.category_id or "",
        "Kategori": facts.category,
        "Judul Laporan": version(report.title),
        "Isi Laporan Awal": version(report.original_text)
        if reads_original(version, report, facts.basis)
        else "",
        "Isi Laporan Akhir": version(report.text),
        "Tipe Laporan": written_type(is_anonymous=report.is_anonymous, is_secret=report.is_secret),
        "Sumber Laporan": notes.get("channel") or facts.partner or _word(report.source),
        "Instansi Induk": above.get(report.holder_id, "") if placed else "",
        "ID Instansi Terdisposisi": report.holder_id if placed else "",
        "Instansi Terdisposisi": facts.holder if placed else "",
        "Status Laporan": written_status(ending),
        "Alasan Tunda/Arsip": "" if ending.blocked else facts.archive_reason or version(delay),
        **dict(zip(("Provinsi", "Kota/Kabupaten", "Kecamatan", "Kelurahan"), area, strict=True)),
        "Rating": report.rating or "",
    }


def _word(code: Labelled | None) -> str:
    return code.label if code is not None else ""


def _reporter(facts: Facts[Report]) -> str:
    if facts.report.is_anonymous:
        return ANONYMOUS
    return facts.reporter if facts.reporter and facts.basis is Basis.FULL else NOBODY


def _kept(note: str) -> dict[str, object]:
    """What an imported file said in columns that have no place here, so that it goes out as it came."""
    found = {}
    for line in note.splitlines():
        heading, colon, value = line.partition(": ")
        if colon and heading in KEPT:
            found[heading] = value
    return dict(found)


def _answered(said: Sequence[AgencyAnswer], version: Version, zone: Zone) -> list[object]:
    if not said:
        return [0, "", "", ""]
    first, last = (written_moment(said[n].at, zone) for n in (0, -1))
    return [len(said), first, last, "\n\n".join(_answer(each, version, zone) for each in said)]


def _answer(each: AgencyAnswer, version: Version, zone: Zone) -> str:
    who = f"{each.agency} a.n. {each.behalf}" if each.behalf else each.agency
    secret = " (rahasia)" if each.secret else ""
    return f"{written_moment(each.at, zone)}, {who}{secret}:\n{version(each.text)}"
