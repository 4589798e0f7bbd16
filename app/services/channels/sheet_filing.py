"""A row of a Laporan Ringkas becomes a report with everything that belongs to one, and tells nobody.

What the file says is kept as it says it: who ended the report, both texts, the flags. What it does not
say is not made up: moves have the time when the file was made ("by then"), an ended report has no clocks,
and an open one starts its clocks now. No outbox row is written: nobody is told of old reports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.scope import rewrite_all
from app.access.tree import root_id
from app.models import (
    Agency,
    ArchiveReason,
    Disposition,
    Event,
    EventText,
    Report,
    Reporter,
    SheetImport,
    SheetName,
)
from app.rules import text
from app.rules.channels.ringkas import COLUMNS, NEEDED_OPEN, SOURCE_NAME, folded, letter_of
from app.rules.channels.ringkas_words import VERIFIED, NameKind
from app.rules.citizens.forms import NotifyBy
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.rules.reports.codes import Channel, Classification, EndedBy, EventKind, Visibility
from app.rules.reports.workflow import Clock, State, Who
from app.services import stale_months
from app.services.channels.sheet_names import Places
from app.services.reports import clocks

BLOCKED, OTHER = "blocked", "imported"
# Made when a file needs them, and offered to nobody.
REASONS: Mapping[str, str] = {
    BLOCKED: N_("Konten Terblokir"),
    OTHER: N_("Alasan lain, menurut berkas impor"),
}
MADE_AS: Mapping[EndedBy, Who] = {
    EndedBy.SYSTEM: Who.SYSTEM,
    EndedBy.REPORTER: Who.REPORTER,
    EndedBy.ADMIN: Who.ROOT,
}
# An open report's first clock; a report whose reporter wrote last closes by no clock.
CLOCKS: Mapping[State, Clock] = {
    State.UNVERIFIED: Clock.VERIFICATION,
    State.INCOMPLETE: Clock.DETAILS,
    State.WAITING: Clock.FOLLOW_UP,
    State.IN_PROGRESS: Clock.AUTO_CLOSE,
}
PAST_THE_DESK = VERIFIED | {State.CLOSED}
AGENCY_GONE = N_("Instansi ini tidak aktif, jadi tidak dapat menerima laporan yang masih diproses.")


@dataclass(frozen=True)
class Placed:
    """A row with what it needs to be filed. at: when it stood as the file says. agency: that it names."""

    data: Mapping[str, Any]
    state: State
    received: datetime
    at: datetime
    agency: int | None
    holder: int


class SheetFiler:
    """Files rows of one import. What the names stand for is looked up once."""

    def __init__(self, session: Session, row: SheetImport, now: datetime) -> None:
        self.session, self.row, self.now = session, row, now
        self.root = root_id(session)
        self.places = Places(session)
        self.names = {
            (NameKind(kind), parent, name): target
            for kind, parent, name, target in session.execute(
                select(SheetName.kind, SheetName.parent, SheetName.name, SheetName.target_id).where(
                    SheetName.import_id == row.id
                )
            )
        }
        self.active: dict[int, bool] = {}
        self.reasons: dict[str, str] = {}

    def placed(self, number: int, data: Mapping[str, Any]) -> Placed:
        """Where the report of row `number` belongs. Raises Invalid, before anything is written, at a cell's name."""
        state = State(data["state"])
        received = datetime.fromisoformat(data["received_at"]).astimezone(UTC)
        # By then it stood as the file says; for a report that came after, the present is all that is known.
        by_then = self.row.generated_at or self.now
        agency = self._agency(number, data, state)
        return Placed(
            data,
            state,
            received,
            by_then if by_then >= received else self.now,
            agency,
            agency if agency is not None and state in PAST_THE_DESK else self.root,
        )

    def file(self, batch: Sequence[Placed]) -> list[Report]:
        """The reports of a batch of rows, table by table: many rows in one statement."""
        reporters = [self._reporter(each) for each in batch]
        self.session.add_all(reporter for reporter in reporters if reporter is not None)
        self.session.flush()
        reports = [
            self._report(each, reporter.id if reporter else None)
            for each, reporter in zip(batch, reporters, strict=True)
        ]
        self.session.add_all(reports)
        self.session.flush()
        for report, each in zip(reports, batch, strict=True):
            self._chain(report, each)
            self._history(report, each)
        self.session.flush()
        for report, each in zip(reports, batch, strict=True):
            if each.state in CLOCKS and not report.reply_unanswered:
                # As after a verification where there was one: the target of the whole case starts as well.
                clocks.start(self.session, report, CLOCKS[each.state], self.now)
                if each.state in VERIFIED:
                    clocks.start_target(self.session, report, self.now)
        rewrite_all(self.session, reports)
        for received in {each.received.date(): each.received for each in batch}.values():
            stale_months.mark(self.session, received)
        return reports

    def _agency(self, number: int, data: Mapping[str, Any], state: State) -> int | None:
        name = data["agency"]
        found = self.names.get((NameKind.AGENCY, data["parent"], name)) if name else None
        if state in VERIFIED:
            cell = f"{letter_of(COLUMNS.index('Instansi Terdisposisi'))}{number}"
            if found is None:
                raise Invalid({cell: NEEDED_OPEN})
            if found not in self.active:
                agency = self.session.get(Agency, found)
                self.active[found] = agency is not None and agency.in_use
            if not self.active[found]:
                raise Invalid({cell: AGENCY_GONE})
        return found

    def _report(self, placed: Placed, reporter_id: int | None) -> Report:
        data, state = placed.data, placed.state
        by = EndedBy(data["by"]) if data["by"] else None
        place = ", ".join(part for part in reversed(data["areas"]) if part)
        # In process means followed up, and the timer runs from a follow-up alone; of others nobody knows.
        followed = state is State.IN_PROGRESS or (state is State.CLOSED and by is EndedBy.SYSTEM)
        return Report(
            version=0,
            state=state,
            held=False,
            received_at=placed.received,
            source=Channel(data["source"]),
            reporter_id=reporter_id,
            is_anonymous=data["is_anonymous"],
            is_secret=data["is_secret"],
            # The file has one title alone: as it was sent or as it was edited, nobody can say.
            original_title=data["title"],
            title=data["title"],
            original_text=data["original"],
            text=data["text"],
            classification=Classification(data["classification"]) if data["classification"] else None,
            category_id=self.names.get((NameKind.CATEGORY, "", data["category"])),
            area_code=self.places.code_of(data["areas"]),
            location=place[: text.SHORT_MAX],
            suggested_agency_id=placed.agency,
            holder_id=placed.holder,
            verified_at=self.now if state in VERIFIED else None,
            first_follow_up_at=placed.at if followed else None,
            last_follow_up_at=placed.at if followed else None,
            reply_unanswered=data["unanswered"],
            last_reply_at=placed.at if data["unanswered"] else None,
            ended_at=placed.at if by is not None else None,
            ended_by=by,
            archive_reason=self._reason(data) if state is State.ARCHIVED else None,
            follow_up_count=0,
            comment_count=0,
            rating=data["rating"] if state is State.CLOSED else None,
            external_source=SOURCE_NAME,
            external_id=data["id"],
        )

    def _reporter(self, placed: Placed) -> Reporter | None:
        """The person of one report: the file has names alone, and a name is not a person."""
        name = placed.data["name"]
        if not name:
            return None
        return Reporter(name=name, notify_by=NotifyBy.NONE, created_at=placed.received)

    def _reason(self, data: Mapping[str, Any]) -> str:
        """The code of the file's reason: one of ours, else one that is made; its words stay in the history."""
        words = BLOCKED if data["blocked"] else folded(data["reason"])
        if words not in self.reasons:
            self.reasons[words] = BLOCKED if data["blocked"] else self._known_reason(words) or OTHER
            self._offer(self.reasons[words])
        return self.reasons[words]

    def _known_reason(self, words: str) -> str | None:
        rows = self.session.execute(
            select(ArchiveReason.code, ArchiveReason.name).order_by(
                ArchiveReason.retired_at.is_not(None), ArchiveReason.position
            )
        )
        return next((code for code, name in rows if folded(name) == words), None)

    def _offer(self, code: str) -> None:
        if code in REASONS and self.session.get(ArchiveReason, code) is None:
            self.session.add(ArchiveReason(code=code, name=REASONS[code], position=900, retired_at=self.now))
            self.session.flush()

    def _chain(self, report: Report, placed: Placed) -> None:
        chain: list[tuple[int, int | None, datetime]] = [(self.root, None, placed.received)]
        if placed.holder != self.root:
            chain.append((placed.holder, self.root, placed.at))
        for position, (agency, giver, since) in enumerate(chain):
            self.session.add(
                Disposition(
                    report_id=report.id, seq=position + 1, position=position, agency_id=agency,
                    from_agency_id=giver, at=since,
                )
            )  # fmt: skip

    def _history(self, report: Report, placed: Placed) -> None:
        data, state, at = placed.data, placed.state, placed.at
        rest = "\n".join(f"{heading}: {value}" for heading, value in data["rest"].items())
        came: dict[str, Any] = {"source": data["source"], "external_id": data["id"]}
        if data["rating"] is not None and state is not State.CLOSED:
            rest = f"Rating: {data['rating']}\n{rest}".strip()
        received_texts = {"import": rest, "channel": data["channel"]}
        self._event(report, EventKind.RECEIVED, report.received_at, came, texts=received_texts)
        if data["original"] != data["text"]:
            texts = {"text_before": data["original"], "text_after": data["text"]}
            self._event(
                report, EventKind.CORRECTED, at, {"as": "root", "changes": {}}, Visibility.OFFICERS, texts
            )
        if state in PAST_THE_DESK and report.holder_id != self.root:
            holder = {"holder": report.holder_id, "agency": report.holder_id}
            sent: dict[str, Any] = {"as": "root", **holder, "category": report.category_id, "copies": []}
            self._event(report, EventKind.VERIFIED, at, sent)
        self._last(report, data, state, at)

    def _last(self, report: Report, data: Mapping[str, Any], state: State, at: datetime) -> None:
        """What the state came of: who ended it and why, or what is waited for."""
        note = {"note": data["reason"]}
        if state is State.INCOMPLETE:
            self._event(report, EventKind.DETAILS_ASKED, at, {"as": "root"}, Visibility.REPORTER, note)
        if report.ended_by is None:
            return
        made_as: dict[str, Any] = {"as": MADE_AS[report.ended_by].value, "holder": report.holder_id}
        if state is State.ARCHIVED:
            made_as["reason"] = report.archive_reason
            self._event(report, EventKind.ARCHIVED, at, made_as, Visibility.REPORTER, note)
        else:
            kind = EventKind.AUTO_CLOSED if report.ended_by is EndedBy.SYSTEM else EventKind.CLOSED
            self._event(report, kind, at, made_as, texts={"reason": data["reason"]})

    def _event(
        self,
        report: Report,
        kind: EventKind,
        at: datetime,
        data: Mapping[str, Any],
        visibility: Visibility = Visibility.PUBLIC,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        report.version += 1
        told = {**data, "imported": self.row.id}
        self.session.add(
            Event(report_id=report.id, seq=report.version, kind=kind, at=at, visibility=visibility, data=told)
        )
        for name, words in (texts or {}).items():
            if words:
                self.session.add(EventText(report_id=report.id, seq=report.version, name=name, text=words))
