"""From numbers to tables: the rows of a chart, with names where the database knows them.

Words for codes are the views' business: a row has either a `name` or a `code` (or neither: what has no
category, area …).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.models import Account, Agency, Area, Category
from app.models.accounts.security import assoc_user_role, ours, permission_rows_by_role
from app.rules.accounts.roles import Resource, Verb
from app.rules.labels import Labelled
from app.rules.reports.actions import WORK_OF
from app.rules.reports.codes import Channel, Classification, EndedBy, EventKind
from app.rules.reports.workflow import State
from app.stats.facts import Chosen, Counted, FigureFacts, facts, way
from app.stats.measures import GROUPS, MEASURES, STATUSES, Chart, Rows
from app.stats.parts import NONE, Dim
from app.stats.periods import Period
from app.stats.waiting import MINUTES_A_DAY, median_days, minutes_of

Number = float | int | None


@dataclass(frozen=True)
class FigureRow:
    """values: measure -> number, None where there is nothing to divide. key: what its list asks for."""

    key: str
    name: str
    code: Labelled | None
    values: Mapping[str, Number]
    itself: bool = False  # the agency's own, beside its units
    former: bool = False  # a unit that hangs elsewhere now: what it did here before stays


@dataclass(frozen=True)
class FigureTable:
    """total: of all rows, None for the acts of single people."""

    chart: Chart
    measures: Sequence[str]
    rows: Sequence[FigureRow]
    total: FigureRow
    chosen: Chosen


@dataclass
class Sums:
    """What was counted for one row."""

    groups: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))
    followed: int = 0
    waits: dict[float, int] = field(default_factory=dict)
    wait_minutes: int = 0
    on_time: int = 0
    decisions: dict[float, int] = field(default_factory=dict)
    decision_minutes: int = 0
    hops: int = 0
    hand_backs: int = 0
    acts: dict[str, int] = field(default_factory=dict)

    def add(self, dim: Dim, key: str, n: int) -> None:
        """Count `n` of a key without its unit."""
        ADDS[dim](self, key, n)

    def status(self, key: str, n: int) -> None:
        status, _, followed = key.rpartition(".")
        state, _, who = status.partition(":")
        ended_by = EndedBy(who) if who else None
        for name, group in GROUPS.items():
            if group.holds(State(state), ended_by):
                self.groups[name] += n
        self.followed += n * int(followed)

    def wait(self, key: str, n: int) -> None:
        time, _, on_time = key.rpartition(".")
        minutes = minutes_of(time)
        self.waits[minutes] = self.waits.get(minutes, 0) + n
        self.on_time += n * int(on_time)

    def decision(self, key: str, n: int) -> None:
        minutes = minutes_of(key)
        self.decisions[minutes] = self.decisions.get(minutes, 0) + n

    def wait_sum(self, _key: str, n: int) -> None:
        self.wait_minutes += n

    def decision_sum(self, _key: str, n: int) -> None:
        self.decision_minutes += n

    def hop(self, _key: str, n: int) -> None:
        self.hops += n

    def hand_back(self, _key: str, n: int) -> None:
        self.hand_backs += n

    def officer(self, key: str, n: int) -> None:
        work = WORK_OF.get(EventKind(key))
        name = work.value if work else ""
        self.acts[name] = self.acts.get(name, 0) + n

    def values(self, measures: Sequence[str], of: int = 0) -> dict[str, Number]:
        """The measures of this row; of: all reports, of which it is a share."""
        first, decided, received = (
            sum(self.waits.values()),
            sum(self.decisions.values()),
            self.groups["received"],
        )
        known: dict[str, Callable[[], Number]] = {
            "followed_share": lambda: _share(self.followed, received),
            "first": lambda: first,
            "first_median": lambda: median_days(self.waits),
            "first_mean": lambda: _mean_days(self.wait_minutes, first),
            "on_time": lambda: _share(self.on_time, first),
            "decided": lambda: decided,
            "decision_median": lambda: median_days(self.decisions),
            "decision_mean": lambda: _mean_days(self.decision_minutes, decided),
            "hops": lambda: self.hops,
            "hand_backs": lambda: self.hand_backs,
            "hand_back_share": lambda: _share(self.hand_backs, self.hops),
            "acts": lambda: sum(self.acts.values()),
            "number": lambda: received,
            "share": lambda: _share(received, of),
        }
        return {
            name: known[name]()
            if name in known
            else self.groups[name]
            if name in self.groups
            else self.acts.get(name, 0)
            for name in measures
        }


ADDS: Mapping[Dim, Callable[[Sums, str, int], None]] = {
    Dim.UNIT_STATUS: Sums.status,
    Dim.UNIT_WAIT: Sums.wait,
    Dim.UNIT_WAIT_SUM: Sums.wait_sum,
    Dim.UNIT_DECISION: Sums.decision,
    Dim.UNIT_DECISION_SUM: Sums.decision_sum,
    Dim.UNIT_HAND_BACK: Sums.hand_back,
    Dim.UNIT_HOP: Sums.hop,
    Dim.OFFICER: Sums.officer,
}


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _mean_days(minutes: int, number: int) -> float | None:
    return minutes / number / MINUTES_A_DAY if number else None


def table(session: Session, agency: Agency, period: Period, chart: Chart, now: datetime) -> FigureTable:
    """The table of one chart: `agency` with all below it. The caller has asked whether its reader may."""
    chosen = way(session, agency.id, agency.zone, now)
    found = facts(session, agency, period, chart.dims, chosen.way, by_month=chart.rows is Rows.MONTHS)
    rows, total = MAKERS[chart.rows](session, agency, found, chart)
    return FigureTable(chart, chart.measures, rows, total, chosen)


def split_by_owner(found: FigureFacts, dims: Iterable[Dim]) -> dict[int, Sums]:
    """What was counted by the key of the unit or account that each key begins with."""
    by_owner: dict[int, Sums] = defaultdict(Sums)
    for dim in dims:
        for key, n in found[dim].items():
            owner, _, rest = key.partition(".")
            by_owner[int(owner)].add(dim, rest, n)
    return dict(by_owner)


def whole_of(found: FigureFacts, dims: Iterable[Dim]) -> Sums:
    sums = Sums()
    for dim in dims:
        for key, n in found[dim].items():
            sums.add(dim, key.partition(".")[2], n)
    return sums


def _units(
    session: Session, agency: Agency, found: FigureFacts, chart: Chart
) -> tuple[list[FigureRow], FigureRow]:
    by_unit = split_by_owner(found, chart.dims)
    rows = [
        FigureRow(
            str(unit.key),
            unit.name,
            None,
            by_unit.get(unit.key, Sums()).values(chart.measures),
            itself=unit.key == agency.id,
            former=unit.former,
        )
        for unit in units_of(session, agency, by_unit)
    ]
    first = chart.measures[0]
    rows.sort(key=lambda row: (not row.itself, row.former, -(row.values[first] or 0), row.name))
    return rows, FigureRow("", "", None, whole_of(found, chart.dims).values(chart.measures))


@dataclass(frozen=True)
class UnitName:
    """former: it hangs elsewhere now."""

    key: int
    name: str
    former: bool


def units_of(session: Session, agency: Agency, counted: Collection[int]) -> list[UnitName]:
    """The agency itself, those right below it, and those that once were: what was `counted` has a line.

    An inactive one of which nothing was counted has none.
    """
    here = or_(Agency.id == agency.id, Agency.parent_id == agency.id)
    query = select(Agency.id, Agency.name, here).where(
        or_(and_(here, Agency.active.is_(True)), Agency.id.in_(counted))
    )
    return [UnitName(key, name, not hangs_here) for key, name, hangs_here in session.execute(query)]


def _officers(
    session: Session, agency: Agency, found: FigureFacts, chart: Chart
) -> tuple[list[FigureRow], FigureRow]:
    by_account = split_by_owner(found, chart.dims)
    handling = select(assoc_user_role.c.user_id).where(
        assoc_user_role.c.role_id.in_(_handling_roles(session))
    )
    theirs = and_(Account.agency_id == agency.id, Account.active.is_(True), Account.id.in_(handling))
    query = select(Account).where(or_(Account.id.in_(by_account), theirs))
    people = {account.id: account for account in session.scalars(query)}
    rows = [
        FigureRow(str(key), account.get_full_name(), None, by_account.get(key, Sums()).values(chart.measures))
        for key, account in people.items()
    ]
    rows.sort(key=lambda row: (-(row.values["acts"] or 0), row.name, row.key))
    return rows, FigureRow("", "", None, whole_of(found, chart.dims).values(chart.measures))


def _handling_roles(session: Session) -> set[int]:
    """The roles whose holders handle reports: who reads figures alone is no admin of this table."""
    rows = session.execute(permission_rows_by_role())
    act = (Resource.REPORTS, Verb.ACT)
    return {role for role, resource, verb in rows if act in ours([(resource, verb)])}


def _statuses(
    _session: Session, _agency: Agency, found: FigureFacts, chart: Chart
) -> tuple[list[FigureRow], FigureRow]:
    sums = Sums()
    for key, n in found[Dim.STATUS].items():
        sums.status(key, n)
    of = sums.groups["received"]
    rows = [
        FigureRow(
            name,
            MEASURES[name].title,
            None,
            {"number": sums.groups[name], "share": _share(sums.groups[name], of)},
        )
        for name in STATUSES
    ]
    return rows, FigureRow("", "", None, sums.values(chart.measures, of))


def _classes(
    session: Session, _agency: Agency, found: FigureFacts, chart: Chart
) -> tuple[list[FigureRow], FigureRow]:
    dim = chart.dims[0]
    counted, names = NAMES[dim](session, found[dim])
    of = sum(counted.values())
    rows = [
        FigureRow(key, *names.get(key, ("", None)), {"number": n, "share": _share(n, of)})
        for key, n in counted.items()
    ]
    rows.sort(key=lambda row: (row.key == NONE, -(row.values["number"] or 0), row.name, row.key))
    return rows, FigureRow("", "", None, {"number": of, "share": _share(of, of)})


def _months(
    _session: Session, _agency: Agency, found: FigureFacts, chart: Chart
) -> tuple[list[FigureRow], FigureRow]:
    rows, whole = [], Sums()
    for month, counted in sorted(found.months(Dim.STATUS).items()):
        sums = Sums()
        for key, n in counted.items():
            sums.status(key, n)
            whole.status(key, n)
        rows.append(FigureRow(month, month, None, sums.values(chart.measures)))
    return rows, FigureRow("", "", None, whole.values(chart.measures))


MAKERS: Mapping[Rows, Callable[[Session, Agency, FigureFacts, Chart], tuple[list[FigureRow], FigureRow]]] = {
    Rows.UNITS: _units,
    Rows.OFFICERS: _officers,
    Rows.STATUSES: _statuses,
    Rows.CLASSES: _classes,
    Rows.MONTHS: _months,
}
Named = tuple[Counted, Mapping[str, tuple[str, Labelled | None]]]


def _coded(kind: type[Labelled]) -> Callable[[Session, Counted], Named]:
    return lambda _session, counted: (counted, {code.value: ("", code) for code in kind})


def _areas(session: Session, counted: Counted) -> Named:
    """Every province, so that one without reports is seen to have none."""
    names = session.execute(select(Area.code, Area.name).where(Area.level == 1)).all()
    return {**{code: 0 for code, _ in names}, **counted}, {code: (name, None) for code, name in names}


def _categories(session: Session, counted: Counted) -> Named:
    """By main category."""
    names = session.execute(select(Category.id, Category.name).where(Category.parent_id.is_(None)))
    return counted, {str(key): (name, None) for key, name in names}


NAMES: Mapping[Dim, Callable[[Session, Counted], Named]] = {
    Dim.CLASSIFICATION: _coded(Classification),
    Dim.SOURCE: _coded(Channel),
    Dim.AREA: _areas,
    Dim.CATEGORY: _categories,
}
