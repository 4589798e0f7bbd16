"""What an export holds: a list as a page shows it, kept as plain data, read in batches by its keys.

A job reads the same list minutes after it was asked for, so nothing of a page's request is in it. Whose
scope it is read in is no part of it: that is asked anew, for whoever takes the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.access import scope
from app.access.actor import Actor
from app.access.figures.statistics import listed, statistics_agency
from app.rules.errors import NotFound
from app.rules.reports.codes import Channel, Classification
from app.rules.reports.tabs import DEADLINE_TABS, Order, Reach, Tab
from app.rules.reports.workflow import State
from app.search import find as search
from app.search.filters import Filters
from app.stats.lists import criteria_of
from app.stats.measures import CHARTS
from app.stats.periods import Period

BATCH = 500
CODES: Mapping[str, type[StrEnum]] = {
    "state": State,
    "classification": Classification,
    "source": Channel,
}
TIMES = ("since", "until")


class ListKind(StrEnum):
    TAB = "tab"
    SEARCH = "search"
    FIGURE = "figure"


@dataclass(frozen=True)
class Selection:
    """title, period: as the file says them. values: what the kind needs, JSON; made by tab(), found(), counted()."""

    kind: ListKind
    title: str
    period: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "title": self.title,
            "period": self.period,
            "values": dict(self.values),
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Selection:
        return cls(ListKind(plain["kind"]), plain["title"], plain["period"], plain["values"])

    def batches(
        self, session: Session, actor: Actor, now: datetime, *, size: int = BATCH
    ) -> Iterator[Sequence[int]]:
        """The keys of the reports in the list's order, batch by batch. Raises TooSlow, NotFound."""
        yield from READERS[self.kind](self, session, actor, now, size)


def tab(title: str, period: str, which: Tab, reach: Reach, order: Order, words: str) -> Selection:
    """A worklist's tab, or what a search in it found."""
    values = {"tab": which.value, "reach": reach.value, "order": order.value, "words": words}
    return Selection(ListKind.TAB, title, period, values)


def found(title: str, period: str, words: str, filters: Filters, order: search.SearchOrder) -> Selection:
    """What a search found."""
    values = {"words": words, "order": order.value, "filters": _plain(filters)}
    return Selection(ListKind.SEARCH, title, period, values)


def counted(
    title: str, said: str, agency_id: int, period: Period, slug: str, key: str, group: str
) -> Selection:
    """The reports behind a number of MONITOR."""
    values = {
        "agency": agency_id,
        "since": period.since.isoformat() if period.since else None,
        "until": period.until.isoformat() if period.until else None,
        "zone": period.zone.key,
        "chart": slug,
        "key": key,
        "group": group,
    }
    return Selection(ListKind.FIGURE, title, said, values)


def _plain(filters: Filters) -> dict[str, Any]:
    values = {each.name: getattr(filters, each.name) for each in fields(filters)}
    return {name: value.isoformat() if name in TIMES and value else value for name, value in values.items()}


def _filters(plain: Mapping[str, Any]) -> Filters:
    values = dict(plain)
    for name in TIMES:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    for name, kind in CODES.items():
        values[name] = kind(values[name]) if values[name] else None
    return Filters(**values)


def _of_tab(
    what: Selection, session: Session, actor: Actor, now: datetime, size: int
) -> Iterator[Sequence[int]]:
    values = what.values
    which, reach, order = Tab(values["tab"]), Reach(values["reach"]), Order(values["order"])
    if values["words"]:
        place = search.SearchPlace(which, reach)
        by_deadline = which in DEADLINE_TABS and order is Order.DEADLINE
        how = search.SearchOrder.DEADLINE if by_deadline else search.SearchOrder.NEWEST
        yield from _hits(session, actor, values["words"], Filters(), place, how, now, size)
        return
    after: scope.ScopePosition | None = None
    while True:
        lines = scope.worklist(session, actor, which, reach=reach, order=order, after=after, limit=size)
        if lines:
            yield [line.report_id for line in lines]
        if len(lines) < size:
            return
        after = lines[-1].position


def _of_search(
    what: Selection, session: Session, actor: Actor, now: datetime, size: int
) -> Iterator[Sequence[int]]:
    values = what.values
    filters, order = _filters(values["filters"]), search.SearchOrder(values["order"])
    yield from _hits(session, actor, values["words"], filters, search.EVERYWHERE, order, now, size)


def _hits(
    session: Session,
    actor: Actor,
    words: str,
    filters: Filters,
    place: search.SearchPlace,
    order: search.SearchOrder,
    now: datetime,
    size: int,
) -> Iterator[Sequence[int]]:
    query, after = search.understood(session, words), None
    while True:
        hits = search.find(
            session, actor, query, now, place=place, filters=filters, order=order, after=after, limit=size
        )
        if hits.hits:
            yield [hit.report_id for hit in hits.hits]
        after = hits.next
        if after is None:
            return


def _of_figure(
    what: Selection, session: Session, actor: Actor, _now: datetime, size: int
) -> Iterator[Sequence[int]]:
    values = what.values
    agency = statistics_agency(session, actor, values["agency"])
    since, until = (date.fromisoformat(values[name]) if values[name] else None for name in TIMES)
    period = Period(since, until, ZoneInfo(values["zone"]))
    if values["chart"] not in CHARTS:
        raise NotFound
    agency_id, criteria = criteria_of(
        session,
        actor,
        agency,
        period,
        values["chart"],
        CHARTS[values["chart"]],
        values["key"],
        values["group"],
    )
    after: tuple[datetime, int] | None = None
    while True:
        lines = listed(session, actor, agency_id, criteria, after=after, limit=size)
        if lines:
            yield [key for key, _at in lines]
        if len(lines) < size:
            return
        after = (lines[-1][1], lines[-1][0])


READERS: Mapping[ListKind, Callable[..., Iterator[Sequence[int]]]] = {
    ListKind.TAB: _of_tab,
    ListKind.SEARCH: _of_search,
    ListKind.FIGURE: _of_figure,
}
