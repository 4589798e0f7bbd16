"""The history of a report as its reporter reads it, and as everybody does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.access.attachments.files import FileFacts
from app.access.public_text import WHOLE, Version
from app.access.reports.history import Happened
from app.rules.reports.codes import EventKind, Upkeep, Visibility
from app.rules.reports.disclosure import DISPATCHES, TO_PUBLIC, TO_REPORTER, Telling
from app.rules.reports.workflow import Action, Who
from app.views.web.language.i18n import word


@dataclass(frozen=True)
class Told:
    """One line. who: the agency that acted, or "". where: the agency that the report went to."""

    kind: EventKind
    what: str
    at: datetime
    who: str = ""
    where: str = ""
    text: str = ""
    secret: bool = False
    detail: str = ""
    notes: Sequence[str] = ()
    files: Sequence[FileFacts] = ()


def to_public(happened: Sequence[Happened], version: Version) -> list[Told]:
    """What everybody reads, in the report's public version and without files."""
    shown = [each for each in happened if not _secret(each)]
    return _tell(shown, TO_PUBLIC, version, with_files=False)


def to_reporter(happened: Sequence[Happened]) -> list[Told]:
    """What the report's own reporter reads: secret follow-ups, reasons and their own words as well."""
    shown = [each for each in happened if each.event.visibility is not Visibility.OFFICERS]
    return _tell(shown, TO_REPORTER, WHOLE, with_files=True)


def _secret(each: Happened) -> bool:
    follows_up = each.event.kind is EventKind.FOLLOWED_UP
    return each.secret or (follows_up and each.event.visibility is not Visibility.PUBLIC)


def _tell(
    happened: Sequence[Happened],
    telling: Mapping[EventKind, Telling],
    cleaned: Version,
    *,
    with_files: bool,
) -> list[Told]:
    hops = published_hops(happened)
    lines = []
    for each in happened:
        kind = EventKind(each.event.kind)
        told = telling.get(kind)
        if told is None:
            continue
        where = hops.get(each.event.seq, "") if told.where else ""
        if kind in DISPATCHES and not where and kind is not EventKind.VERIFIED:
            continue
        lines.append(
            Told(
                kind=kind,
                what=_words(each, kind, told, where),
                at=each.event.at,
                who=each.agency if kind is EventKind.FOLLOWED_UP else "",
                where=where,
                text=cleaned(each.text) if told.text else "",
                secret=each.secret,
                detail=_(each.to) if told.reason and each.to else "",
                notes=[cleaned(each.notes[name]) for name in told.notes if each.notes.get(name)],
                files=[file.for_reporter() for file in each.files] if told.text and with_files else (),
            )
        )
    return lines


def published_hops(happened: Sequence[Happened]) -> dict[int, str]:
    """The agency that each dispatch is told to have led to, by the event's number.

    Whoever gave the report back is left out, and the way on is told only when it leads elsewhere.
    """
    way: list[tuple[int, str]] = []
    for each in happened:
        kind = EventKind(each.event.kind)
        # What officers alone read of it is no way of the report: another agency gave it on, or reads along.
        if kind not in DISPATCHES or each.event.visibility is Visibility.OFFICERS:
            continue
        if kind is EventKind.HANDED_BACK and way:
            way.pop()
        if not way or way[-1][1] != each.to:
            way.append((each.event.seq, each.to))
    return dict(way)


def _words(each: Happened, kind: EventKind, told: Telling, where: str) -> str:
    if kind is EventKind.VERIFIED and not where:
        return _("Laporan diverifikasi")
    if kind is EventKind.CLOSED:
        by_reporter = each.event.data.get("as") == Who.REPORTER
        return _("Laporan ditutup oleh pelapor") if by_reporter else _("Laporan ditutup oleh instansi")
    if kind in (EventKind.REQUESTED, EventKind.REQUEST_ACCEPTED, EventKind.REQUEST_REJECTED):
        return f"{_(told.words)}: {word(Action(each.event.data['action']))}"
    if kind is EventKind.REORGANISED and each.event.data.get("why") == Upkeep.DISSOLVED:
        return _("Instansi yang menangani laporan ini dibubarkan; penggantinya")
    return _(told.words)
