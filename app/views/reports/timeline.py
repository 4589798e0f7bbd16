"""The history of a report in the words that officers read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.access.public_text import Version
from app.access.reports.history import Happened, history
from app.models import Report
from app.rules.reports.actions import ACTION_OF
from app.rules.reports.codes import Channel, Classification, EventKind, Upkeep
from app.rules.reports.workflow import Action, Who
from app.views.attachments.files import File
from app.views.reports import request_view
from app.views.web.language.i18n import long_date, word

REPORTERS = (EventKind.RECEIVED, EventKind.REPLIED, EventKind.COMPLETED)
EDITED = ("title", "text")


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the history. who: agency, "Pelapor" or "Sistem"; officer: for officers' eyes alone.

    notes: reasons and answers. changes: (what, before, after) of codes; edits: of texts, by column.
    """

    seq: int
    kind: EventKind
    what: str
    at: datetime
    who: str
    officer: str
    on_behalf_of: str
    text: str
    secret: bool
    detail: str
    copies: Sequence[str]
    files: Sequence[File]
    notes: Mapping[str, str]
    changes: Sequence[tuple[str, str, str]]
    edits: Mapping[str, tuple[str, str]]


def timeline(session: Session, report: Report, version: Version, *, original: bool) -> list[TimelineEntry]:
    """Every event of a report that an officer sees, oldest first, with its texts in `version`.

    original=False: what the desk took out of a text, a name for instance, is not shown.
    """
    happened = history(session, report.id)
    edits = _edits(report, happened) if original else {}
    return [_entry(each, edits.get(each.event.seq, {}), version) for each in happened]


def _entry(each: Happened, edits: Mapping[str, tuple[str, str]], version: Version) -> TimelineEntry:
    kind = EventKind(each.event.kind)
    return TimelineEntry(
        seq=each.event.seq,
        kind=kind,
        what=word(kind),
        at=each.event.at,
        who=_who(each, kind),
        officer=each.officer,
        on_behalf_of=each.behalf,
        text=version(each.text),
        secret=each.secret,
        detail=_detail(each, kind),
        copies=each.copies,
        files=[File.of(file, version=version) for file in each.files],
        notes={
            name: version(text)
            for name, text in each.notes.items()
            if not name.endswith(("_before", "_after"))
        },
        changes=[_change(*change) for change in each.changes],
        edits={name: (version(before), version(after)) for name, (before, after) in edits.items()},
    )


def _edits(report: Report, happened: Sequence[Happened]) -> Mapping[int, Mapping[str, tuple[str, str]]]:
    """(before, after) by event and column. A verification keeps only what was before: what came of it is
    what the next edit found, or what stands there now."""
    after = {"title": report.title, "text": report.text}
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for each in reversed(happened):
        for name in EDITED:
            # A title that was empty before is kept as no note at all.
            before = each.notes.get(f"{name}_before")
            new = each.notes.get(f"{name}_after", after[name])
            if before is not None:
                found.setdefault(each.event.seq, {})[name] = (before, new)
                after[name] = before
    return found


def _who(each: Happened, kind: EventKind) -> str:
    """Who acted. Without an agency: the event of a move says in which standing it was made."""
    if each.agency and kind in REPORTERS:
        return _("Pelapor, dicatat oleh %(agency)s", agency=each.agency)
    if each.agency:
        return each.agency
    made_as = each.event.data.get("as")
    if "imported" in each.event.data and made_as == Who.ROOT:
        return _("Admin")  # the file says no more
    return word(Who.SYSTEM if made_as == Who.SYSTEM else Who.REPORTER)


def _detail(each: Happened, kind: EventKind) -> str:
    """What an event is about: where the report went, why it ended, which request it was, by what channel."""
    data = each.event.data
    if "imported" in data:
        return _imported(each, kind)
    if kind is EventKind.RECEIVED and data.get("source"):
        source = word(Channel(data["source"]))
        if not data.get("stated_on"):
            return source
        day = long_date(date.fromisoformat(data["stated_on"]))
        return _("%(source)s, disampaikan %(date)s", source=source, date=day)
    if kind is EventKind.REORGANISED:
        words = word(Upkeep(data["why"]))
        return _("%(gone)s: %(why)s, diganti oleh %(agency)s", gone=each.gone, why=words, agency=each.to)
    if kind is EventKind.ARCHIVED:
        return _(each.to) if each.to else ""
    if "request" in data and "action" in data:
        action = Action(data["action"])
        carried = request_view.carried(action, data.get, each.to).values()
        return ", ".join([word(action), *(field.brief for field in carried)])
    if not each.to and kind in ACTION_OF:
        return ", ".join(
            field.words for field in request_view.carried(ACTION_OF[kind], data.get, "").values()
        )
    return each.to


def _imported(each: Happened, kind: EventKind) -> str:
    """An event that an imported file tells of: where it comes from, and that its time is not the file's."""
    data = each.event.data
    if kind is EventKind.RECEIVED:
        source = each.notes.get("channel") or word(Channel(data["source"]))
        return _("%(source)s, diimpor dari laporan #%(number)s", source=source, number=data["external_id"])
    told = _(each.to) if kind is EventKind.ARCHIVED and each.to else each.to
    return _("%(what)s (menurut berkas impor, paling lambat waktu ini)", what=told).strip()


def _change(column: str, before: object, after: object) -> tuple[str, str, str]:
    what = {"category_id": _("Kategori"), "area_code": _("Wilayah"), "classification": _("Klasifikasi")}

    def shown(value: object) -> str:
        if not value:
            return _("tidak ada")
        return word(Classification(str(value))) if column == "classification" else str(value)

    return what.get(column, column), shown(before), shown(after)
