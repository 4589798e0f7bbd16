"""What is counted: one grouping of reports, clocks, requests, dispositions or events for each dimension.

The same statements fill the summaries and count directly, so that both say the same. Reports are
counted for their present holder and all above it, so that a number equals its list; clocks, decisions,
hand-backs and acts for the agency at the time of the act and all that were above it at that time
(rule 10 of docs/architecture.md): in the present tree, or in a line that it had before a move. Every part is cut by
the day on which its report came in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log
from typing import Any

from sqlalchemy import (
    BigInteger,
    Double,
    Integer,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from app.access.actor import GUEST
from app.access.scope import visible
from app.models import Category, Disposition, Event, Report, ReportClock, Request
from app.rules.reports.actions import WORK_OF
from app.rules.reports.codes import ClockOutcome, EndedBy, RequestStatus
from app.rules.reports.workflow import Action, Clock, State
from app.rules.zones import Zone
from app.stats.waiting import CLASS, RATIO

UNIT = "unit_"
NONE = "-"  # the key of reports that have no category, area …
ACCEPTED_OR_REJECTED = (RequestStatus.ACCEPTED, RequestStatus.REJECTED)


class Dim(StrEnum):
    """The dimensions of stat_month. Those of units begin their key with the unit: 12.closed:system.1"""

    STATUS = "status"  # state[:who ended it].followed up or not
    CLASSIFICATION = "classification"
    AREA = "area"  # province
    CATEGORY = "category"  # main category
    SOURCE = "source"
    WAIT = "wait"  # time to the first follow-up.on time or not
    WAIT_SUM = "wait_sum"  # minutes
    DECISION = "decision"  # time to the decision on a request
    DECISION_SUM = "decision_sum"
    HAND_BACK = "hand_back"
    HOP = "hop"
    OFFICER = "officer"  # account.kind of event, of the agency itself
    UNIT_STATUS = "unit_status"
    UNIT_WAIT = "unit_wait"
    UNIT_WAIT_SUM = "unit_wait_sum"
    UNIT_DECISION = "unit_decision"
    UNIT_DECISION_SUM = "unit_decision_sum"
    UNIT_HAND_BACK = "unit_hand_back"
    UNIT_HOP = "unit_hop"
    # Of what everybody may read, for STATISTIK of the front page; keys end with an end.followed up or not.
    PUBLIC = "public"
    PUBLIC_AREA = "public_area"
    PUBLIC_CATEGORY = "public_category"
    PUBLIC_WAIT = "public_wait"  # time from verification to the first follow-up
    UNIT_PUBLIC = "unit_public"


@dataclass(frozen=True)
class Sql:
    """How one database says what the two say differently. classes: times as classes, not as minutes."""

    sqlite: bool
    classes: bool

    def minutes(self, since: Any, until: Any) -> Any:
        """Whole minutes between two times."""
        if self.sqlite:
            seconds = cast(func.strftime("%s", until), Integer) - cast(func.strftime("%s", since), Integer)
            return cast(func.max(seconds / 60.0, 0), Integer)
        between = cast(func.extract("epoch", until - since), Double) / 60.0
        return cast(func.floor(func.greatest(between, 0)), BigInteger)

    def time_key(self, minutes: Any) -> Any:
        """Minutes as a key: exactly, or their class."""
        if not self.classes:
            return cast(minutes, String)
        number = func.ln(cast(minutes + 1, Double)) / log(RATIO)
        # What is cast to a whole number is cut by SQLite and rounded by PostgreSQL: rounding what is half
        # a unit less makes the floor on both.
        return literal(CLASS) + cast(cast(func.round(number - 0.4999999), Integer), String)

    def month(self, at: Any, zone: Zone) -> Any:
        if self.sqlite:
            return func.strftime("%Y-%m", at, f"+{_HOURS[zone]} hours")
        return func.to_char(func.timezone(zone.value, at), "YYYY-MM")


# Indonesia has had no summer time since 1963.
_HOURS = {Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}


@dataclass(frozen=True)
class Whole:
    """The frame of a part: the tree's row of the asking agency, and how the database says things."""

    asked: Any
    sql: Sql


@dataclass(frozen=True)
class Facet:
    """rows: their source. agency: the column of whom they count for. value: what is summed, None counts.

    at: when it was done, of what stays with the line that the agency had then; None: it follows the tree.
    """

    rows: Any
    agency: Any
    key: Any
    value: Any = None
    at: Any = None


Build = Callable[[Whole], Facet]
FOLLOWED = case((Report.first_follow_up_at.is_not(None), literal("1")), else_=literal("0"))


def _text(column: Any) -> Any:
    return func.coalesce(type_coerce(column, String), literal(NONE))


def _of_key(column: Any) -> Any:
    return func.coalesce(cast(column, String), literal(NONE))


def status_key() -> Any:
    """state, or state:who where somebody ended it; then whether it was followed up."""
    who = case(
        (Report.ended_by.is_not(None), literal(":") + type_coerce(Report.ended_by, String)), else_=literal("")
    )
    return type_coerce(Report.state, String) + who + literal(".") + FOLLOWED


def area_key() -> Any:
    """The province: the first part of an area's code."""
    return func.coalesce(func.substr(Report.area_code, 1, 2), literal(NONE))


def _reports(key: Callable[[Whole], Any]) -> Build:
    return lambda whole: Facet(select().select_from(Report), Report.holder_id, key(whole))


def _category(_whole: Whole) -> Facet:
    rows = select().select_from(Report).outerjoin(Category, Category.id == Report.category_id)
    return Facet(rows, Report.holder_id, _of_key(func.coalesce(Category.parent_id, Category.id)))


def _clocks(key: Callable[[Whole], Any], value: Callable[[Whole], Any] | None = None) -> Build:
    met = and_(ReportClock.kind == Clock.FOLLOW_UP, ReportClock.outcome == ClockOutcome.MET)
    rows = select().select_from(ReportClock).join(Report, Report.id == ReportClock.report_id).where(met)
    agency, at = ReportClock.agency_id, ReportClock.met_at
    return lambda whole: Facet(rows, agency, key(whole), value(whole) if value else None, at)


def _decisions(key: Callable[[Whole], Any], value: Callable[[Whole], Any] | None = None) -> Build:
    decided = Request.status.in_(ACCEPTED_OR_REJECTED)
    rows = select().select_from(Request).join(Report, Report.id == Request.report_id).where(decided)
    agency, at = Request.decider_agency_id, Request.decided_at
    return lambda whole: Facet(rows, agency, key(whole), value(whole) if value else None, at)


def _dispositions(which: Any, at: Any) -> Build:
    rows = select().select_from(Disposition).join(Report, Report.id == Disposition.report_id).where(which)
    return lambda whole: Facet(rows, Disposition.agency_id, _everything(whole), at=at)


def _officers(whole: Whole) -> Facet:
    rows = (
        select()
        .select_from(Event)
        .join(Report, Report.id == Event.report_id)
        .where(Event.kind.in_(WORK_OF), Event.user_id.is_not(None), whole.asked.depth == 0)
    )
    key = cast(Event.user_id, String) + literal(".") + type_coerce(Event.kind, String)
    return Facet(rows, Event.agency_id, key)


def _everything(_whole: Whole) -> Any:
    return literal(NONE)


def _wait_minutes(whole: Whole) -> Any:
    return whole.sql.minutes(ReportClock.started_at, ReportClock.met_at)


def _wait_key(whole: Whole) -> Any:
    on_time = case((ReportClock.met_at <= ReportClock.due_at, literal("1")), else_=literal("0"))
    return whole.sql.time_key(_wait_minutes(whole)) + literal(".") + on_time


def _decision_minutes(whole: Whole) -> Any:
    return whole.sql.minutes(Request.asked_at, Request.decided_at)


def _decision_key(whole: Whole) -> Any:
    return whole.sql.time_key(_decision_minutes(whole))


# How a public report ended: by the timer, by somebody, or not.
SYSTEM_END, PEOPLE_END, OPEN_END = "s", "p", "o"


def _end_key() -> Any:
    closed = Report.state == State.CLOSED
    how = case(
        (and_(closed, Report.ended_by == EndedBy.SYSTEM), literal(SYSTEM_END)),
        (closed, literal(PEOPLE_END)),
        else_=literal(OPEN_END),
    )
    return how + literal(".") + FOLLOWED


def _public(key: Callable[[], Any]) -> Build:
    """Of what a visitor may read, and nothing else: no number tells of a secret report (app/stats/public.py)."""
    return lambda _: Facet(select().select_from(Report).where(visible(GUEST)), Report.holder_id, key())


def _public_category(whole: Whole) -> Facet:
    all_of_them = _category(whole)
    rows = all_of_them.rows.where(visible(GUEST))
    return replace(all_of_them, rows=rows, key=all_of_them.key + literal(".") + _end_key())


def _public_wait(whole: Whole) -> Facet:
    answered = Report.first_follow_up_at >= Report.verified_at
    rows = select().select_from(Report).where(visible(GUEST), answered)
    minutes = whole.sql.minutes(Report.verified_at, Report.first_follow_up_at)
    return Facet(rows, Report.holder_id, whole.sql.time_key(minutes))


HANDED_BACK = Disposition.end_action == Action.HAND_BACK.value
GIVEN = Disposition.position > 0
BUILDS: Mapping[Dim, Build] = {
    Dim.STATUS: _reports(lambda _: status_key()),
    Dim.CLASSIFICATION: _reports(lambda _: _text(Report.classification)),
    Dim.AREA: _reports(lambda _: area_key()),
    Dim.CATEGORY: _category,
    Dim.SOURCE: _reports(lambda _: _text(Report.source)),
    Dim.WAIT: _clocks(_wait_key),
    Dim.WAIT_SUM: _clocks(_everything, _wait_minutes),
    Dim.DECISION: _decisions(_decision_key),
    Dim.DECISION_SUM: _decisions(_everything, _decision_minutes),
    Dim.HAND_BACK: _dispositions(HANDED_BACK, Disposition.ended_at),
    Dim.HOP: _dispositions(GIVEN, Disposition.at),
    Dim.OFFICER: _officers,
    Dim.PUBLIC: _public(_end_key),
    Dim.PUBLIC_AREA: _public(lambda: area_key() + literal(".") + _end_key()),
    Dim.PUBLIC_CATEGORY: _public_category,
    Dim.PUBLIC_WAIT: _public_wait,
}
# Of units: the same, divided among the units of the asking agency.
DIVIDED: Mapping[Dim, Dim] = {
    dim: Dim(dim.value.removeprefix(UNIT)) for dim in Dim if dim.value.startswith(UNIT)
}
