"""A report as a card: everything that its template shows, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.card_report import AnyReport, CardReport
from app.access.public_text import Version, listed, read_by
from app.access.reports.cards import Facts, card_facts
from app.access.reports.requests import RequestFacts, on_card, requests_of
from app.access.standing import Chain, chains, situation, standing
from app.models import Report
from app.rules.reports.codes import ANSWERED_BY_REPORTER, HELD, EndedBy
from app.rules.reports.tabs import Basis
from app.rules.reports.workflow import Action, State, Verdict, Who, possible
from app.services.calendars import calendars_of
from app.views.reports.buttons import Buttons, buttons
from app.views.reports.clock_lines import DueLine, due_line
from app.views.reports.request_view import RequestView, request_view
from app.views.web.language.i18n import word
from app.views.web.language.translator import gettext as _


@dataclass(frozen=True)
class Chip:
    """tone: info, done, near, late, held or plain; the words say it too, never the colour alone."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True)
class Card:
    """What a card shows. `actions`: what this reader may do now, ALLOWED to make, ASK to ask for;
    `buttons`: those of them that are shown."""

    id: int
    version: int
    reporter: str
    initials: str
    source: str
    states: tuple[Chip, ...]
    due: DueLine | None
    late: bool
    received_at: datetime
    holder: str
    title: str
    text: str
    whole: bool  # nothing of the texts is masked
    category: str
    area: str
    is_secret: bool
    is_anonymous: bool
    requests: tuple[RequestView, ...]
    actions: Mapping[Action, Verdict]
    buttons: Buttons
    state: State
    recorded: bool  # by the reader's agency, which speaks for the reporter
    held: bool
    due_at: datetime | None  # when the running clock runs out

    def allows(self, action: Action) -> bool:
        return self.actions.get(action) is Verdict.ALLOWED


class ListedLine(Protocol):
    """A line of any list of reports, of a worklist or of a search."""

    @property
    def report_id(self) -> int: ...


def cards(session: Session, actor: Actor, lines: Sequence[ListedLine], now: datetime) -> list[Card]:
    """The cards of worklist lines, in their order. In a list texts are masked for everybody."""
    return _cards(session, actor, [line.report_id for line in lines], now, in_list=True)


def card(session: Session, actor: Actor, report: Report, now: datetime) -> Card:
    """The card of one report that the actor sees, in the version that they read."""
    return _cards(session, actor, [report.id], now, in_list=False)[0]


def _cards(session: Session, actor: Actor, ids: Sequence[int], now: datetime, *, in_list: bool) -> list[Card]:
    if not ids:
        return []
    found = card_facts(session, actor, ids)
    present = [report_id for report_id in ids if report_id in found]
    by_report: Mapping[int, Chain] = chains(session, present)
    calendars_of(session, {facts.report.holder_id for facts in found.values()})
    asked = requests_of(session, present)
    made = []
    for each in present:
        facts, chain = found[each], by_report[each]
        version = (
            listed(facts.report, facts.basis) if in_list else read_by(actor, facts.report, chain, facts.basis)
        )
        made.append(card_from(session, actor, facts, chain, asked[each], version, now))
    return made


def card_from(
    session: Session,
    actor: Actor,
    facts: Facts[CardReport] | Facts[Report],
    chain: Chain,
    asked: Sequence[RequestFacts],
    version: Version,
    now: datetime,
) -> Card:
    """The card of a report whose facts, live chain and requests have been read. version: of its texts."""
    report = facts.report
    mine = standing(actor, report, chain)
    may = possible(situation(report, chain), mine.whos)
    recorded = Who.RECORDER in mine.whos
    due = due_line(session, report, now)
    who = _reporter_name(report, facts.reporter, facts.basis)
    return Card(
        id=report.id,
        version=report.version,
        reporter=who,
        initials=_initials(who) if facts.reporter else "?",
        source=_("API: %(name)s", name=facts.partner) if facts.partner else word(report.source),
        states=state_chips(report, facts.archive_reason),
        due=due,
        late=due is not None and due.tone == "late",
        received_at=report.received_at,
        holder=facts.holder,
        title=version(report.title) or _("Laporan tanpa judul"),
        text=version(report.text),
        whole=version.whole,
        category=facts.category,
        area=facts.area,
        is_secret=report.is_secret,
        is_anonymous=report.is_anonymous,
        requests=tuple(request_view(actor, mine, each, version) for each in on_card(asked)),
        actions=may,
        buttons=buttons(actor, report, may, forwardable=facts.forwardable, recorded=recorded),
        state=State(report.state),
        recorded=recorded,
        held=report.held,
        due_at=report.clock_due_at,
    )


def _reporter_name(report: AnyReport, name: str, how: Basis) -> str:
    """A copy shows no identity; an anonymous report shows none to anybody (case I8)."""
    if report.is_anonymous:
        return _("Anonim")
    if how is Basis.COPY:
        return _("Pelapor")
    return name or _("Tanpa nama")


def _initials(name: str) -> str:
    parts = [part for part in name.split() if part]
    return "".join(part[0] for part in parts[:2]).upper() or "?"


def state_chips(report: AnyReport, archive_reason: str | None = None) -> tuple[Chip, ...]:
    """The state in the manual's words: who ended it, whether the reporter answered, whether it is held."""
    state = State(report.state)
    if state in (State.CLOSED, State.ARCHIVED):
        by = word(EndedBy(report.ended_by)) if report.ended_by else ""
        chips = [Chip(f"{word(state)} {by}".strip(), "done" if state is State.CLOSED else "plain")]
        if archive_reason:
            chips.append(Chip(_(archive_reason)))
        return tuple(chips)
    tone = {State.WAITING: "info", State.IN_PROGRESS: "done"}.get(state, "plain")
    text = _(ANSWERED_BY_REPORTER) if report.reply_unanswered else word(state)
    chips = [Chip(text, "info" if report.reply_unanswered else tone)]
    if report.held:
        chips.append(Chip(_(HELD), "held"))
    return tuple(chips)
