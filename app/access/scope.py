"""THE scope: which reports an actor sees, and the table that says so.

`visible(actor)` is the one criterion for lists, single fetches, files, counts, charts, exports and
the API. `rewrite(session, report)` is the one function that writes a report's rows of report_scope,
in the transaction that changes its holder, chain, copies, requests or state. Where the tree changes,
access/agencies/scope_loss.py takes away at once what is lost; what is gained comes by `rewrite_all`, batch by batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.changed_reports import note_changed
from app.access.rows import read_columns
from app.access.tree import ancestors
from app.models import Copy, Disposition, Report, ReportScope, Request
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import NotFound
from app.rules.reports.codes import RequestStatus
from app.rules.reports.tabs import TAB_OF, Basis, Order, Reach, Tab, sort_key
from app.rules.reports.workflow import State

PUBLIC_STATES = (State.WAITING, State.IN_PROGRESS, State.CLOSED)
COUNT_CAP = 100  # badges say "99+": counting further costs more than it tells
PAGE_SIZE = 25
AT_ONCE = 500  # rows that one statement names


def seen_by(agency_id: Any, report_id: Any) -> ColumnElement[bool]:
    """Criterion: the agency (a key, or a value that is bound later) sees the report of this column."""
    return exists().where(ReportScope.report_id == report_id, ReportScope.agency_id == agency_id)


def not_own(actor: Actor, report_id: Any = None) -> ColumnElement[bool]:
    """Criterion: `actor` did not file the report themselves. On Report, or on a column of its key.

    An officer who did reads it as the citizen that they are, in their own list (Actor.as_citizen).
    """
    if actor.reporter_id is None:
        return true()
    if report_id is None:
        return Report.reporter_id.is_distinct_from(actor.reporter_id)
    return not_of(actor.reporter_id, report_id)


def not_of(reporter_id: Any, report_id: Any) -> ColumnElement[bool]:
    """Criterion on a column of reports' keys: not one of this reporter's (a key, or a value bound later)."""
    filed: ColumnElement[bool] = report_id.not_in(select(Report.id).where(Report.reporter_id == reporter_id))
    return or_(report_id.is_(None), filed)


def visible(actor: Actor) -> ColumnElement[bool]:
    """Criterion on Report: what `actor` may read. Four branches and no more.

    An officer by scope, but for what they filed themselves; a reporter their own; the holder of a secret
    link that one; everybody else what is public. The system sees all.
    """
    if actor.is_system:
        return true()
    if actor.agency_id is not None:
        if not actor.may(Resource.REPORTS, Verb.READ):
            return false()
        return and_(seen_by(actor.agency_id, Report.id), not_own(actor))
    if actor.reporter_id is not None:
        return Report.reporter_id == actor.reporter_id
    if actor.link_hash is not None:
        return Report.link_hash == actor.link_hash
    if actor.user_id is None:
        return and_(Report.is_secret.is_(False), Report.state.in_(PUBLIC_STATES))
    return false()


def reports_of(actor: Actor) -> Select[Report]:
    """Every report that `actor` may read: where queries on reports begin."""
    return select(Report).where(visible(actor))


def get_report(session: Session, actor: Actor, report_id: int | None, *, lock: bool = False) -> Report:
    """The report, if `actor` sees it. Raises NotFound for absent and foreign alike.

    `lock=True` holds its row until the transaction ends and reads it anew: whatever is decided next
    rests on what is true now.
    """
    if report_id is None:
        raise NotFound
    query = reports_of(actor).where(Report.id == report_id)
    if lock:
        query = query.with_for_update(of=Report).execution_options(populate_existing=True)
    report: Report | None = session.scalar(query)
    if report is None:
        raise NotFound
    return report


def basis_of(actor: Actor) -> ScalarSelect[int]:
    """How much of a report (the enclosing query's) `actor`'s agency sees: Basis FULL, or COPY (no
    identity of the reporter); NULL for who sees it otherwise than by its agency."""
    return (
        select(func.min(ReportScope.basis))
        .where(ReportScope.report_id == Report.id, ReportScope.agency_id == actor.agency_id)
        .correlate(Report)
        .scalar_subquery()
    )


class ScopePosition(NamedTuple):
    """Where a worklist page ended: the next one starts after it."""

    sort_key: int
    report_id: int


class ScopeLine(NamedTuple):
    """One line of a worklist: a report's key and where it stands."""

    report_id: int
    position: ScopePosition
    basis: Basis


def _range(agency_id: int | ColumnElement[int], reach: Reach, tab: Tab) -> ColumnElement[bool]:
    return and_(ReportScope.agency_id == agency_id, ReportScope.reach == reach.value, ReportScope.tab == tab)


def worklist(
    session: Session,
    actor: Actor,
    tab: Tab,
    *,
    reach: Reach = Reach.OWN,
    order: Order = Order.DEADLINE,
    after: ScopePosition | None = None,
    limit: int = PAGE_SIZE,
) -> list[ScopeLine]:
    """Up to `limit` lines of a tab after `after`, in the tab's order or from the newest number down.

    OWN is one range of the key. BELOW joins the two ranges, each cut to `limit` before they are
    merged: one condition over both would read a whole nation to sort it.
    """
    if actor.agency_id is None or not actor.may(Resource.REPORTS, Verb.READ):
        return []
    values = {"agency_id": actor.agency_id, "limit": limit}
    if after is not None:
        values |= {"after_key": after.sort_key, "after_id": after.report_id}
    files = actor.reporter_id is not None
    if actor.reporter_id is not None:
        values["reporter_id"] = actor.reporter_id
    found = read_columns(session, _worklist(tab, reach, order, after is not None, files), values)
    return [ScopeLine(row[0], ScopePosition(row[1], row[0]), Basis(row[2])) for row in found]


@lru_cache(maxsize=64)
def _worklist(tab: Tab, reach: Reach, order: Order, after: bool, files: bool) -> Select[*tuple[Any, ...]]:
    """Built once for each kind of list: composing it costs more than its answer. files: for somebody who
    filed reports themselves, which are no work of theirs."""
    newest = order is Order.NEWEST
    agency_id, limit = _value("agency_id"), bindparam("limit", type_=Integer())
    key, last = _value("after_key"), _value("after_id")
    columns = (ReportScope.report_id, ReportScope.sort_key, ReportScope.basis)
    parts: list[Select[int, int, int]] = []
    for each in Reach if reach is Reach.BELOW else (Reach.OWN,):
        part = select(*columns).where(_range(agency_id, each, tab))
        if files:
            part = part.where(not_of(_value("reporter_id"), ReportScope.report_id))
        if newest:
            if after:
                part = part.where(ReportScope.report_id < last)
            part = part.order_by(ReportScope.report_id.desc())
        else:
            if after:
                part = part.where(tuple_(ReportScope.sort_key, ReportScope.report_id) > tuple_(key, last))
            part = part.order_by(ReportScope.sort_key, ReportScope.report_id)
        parts.append(part.limit(limit))
    if len(parts) == 1:
        return parts[0]
    merged = union_all(*(select(part.subquery()) for part in parts)).subquery()
    report_id, sort, seen = merged.c
    ordering = (report_id.desc(),) if newest else (sort, report_id)
    return select(report_id, sort, seen).order_by(*ordering).limit(limit)


def _value(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger())


def counts(session: Session, actor: Actor, tabs: Iterable[Tab], reach: Reach) -> Mapping[Tab, int]:
    """How many reports lie in each tab, counted up to COUNT_CAP, in one statement."""
    wanted = tuple(tabs)
    if actor.agency_id is None or not wanted or not actor.may(Resource.REPORTS, Verb.READ):
        return {}
    values = {"agency_id": actor.agency_id}
    files = actor.reporter_id is not None
    if actor.reporter_id is not None:
        values["reporter_id"] = actor.reporter_id
    counted = read_columns(session, _counts(wanted, reach, files), values)
    found = {Tab(tab): min(int(n), COUNT_CAP) for tab, n in counted}
    return {tab: found.get(tab, 0) for tab in wanted}


@lru_cache(maxsize=32)
def _counts(tabs: tuple[Tab, ...], reach: Reach, files: bool) -> Select[Any, Any]:
    """Built once for each set of tabs: composing it costs more than its answer."""
    agency_id = _value("agency_id")
    parts = []
    for tab in tabs:
        for each in Reach if reach is Reach.BELOW else (Reach.OWN,):
            lines = select(literal(1)).where(_range(agency_id, each, tab))
            if files:
                lines = lines.where(not_of(_value("reporter_id"), ReportScope.report_id))
            some = lines.limit(COUNT_CAP).subquery()
            parts.append(select(literal(tab.value).label("tab"), func.count().label("n")).select_from(some))
    both = union_all(*parts).subquery()
    return select(both.c.tab, func.sum(both.c.n)).group_by(both.c.tab)


@dataclass(frozen=True)
class ScopeRow:
    """One row of report_scope without its report."""

    agency_id: int
    reach: Reach
    tab: Tab
    sort_key: int
    basis: Basis


def expected(session: Session, report: Report) -> frozenset[ScopeRow]:
    """The rows that `report` must have, from its chain, copies and open requests and the tree."""
    return expected_of(session, [report])[report.id]


def expected_of(session: Session, reports: Collection[Report]) -> Mapping[int, frozenset[ScopeRow]]:
    """The same for many, by their keys, in as many queries as for one."""
    named: dict[int, _Named] = {report.id: _Named([], [], []) for report in reports}
    agency_ids: set[int] = set()
    for part, report_id, agency_id in read_columns(session, _who_is_named(), {"ids": list(named)}):
        named[report_id][part].append(agency_id)
        agency_ids.add(agency_id)
    above = ancestors(session, agency_ids)
    return {report.id: _expected(report, named[report.id], above) for report in reports}


class _Named(NamedTuple):
    """The agencies that a report names: in its live chain, with a copy, to decide an open request."""

    chain: list[int]
    copies: list[int]
    deciders: list[int]


@lru_cache(maxsize=1)
def _who_is_named() -> Select[int, int, int]:
    """(place in _Named, report, agency), in one statement. Built once: composing it takes longer than its
    answer."""
    ids = bindparam("ids", expanding=True, type_=BigInteger())

    def part(place: int, agency_id: Any, *criteria: ColumnElement[bool]) -> Select[int, int, int]:
        report_id = agency_id.class_.report_id
        return select(literal(place, Integer), report_id, agency_id).where(report_id.in_(ids), *criteria)

    named = union_all(
        part(0, Disposition.agency_id, Disposition.ended_at.is_(None)),
        part(1, Copy.agency_id),
        part(2, Request.decider_agency_id, Request.status == RequestStatus.OPEN),
    ).subquery()
    return select(*named.c)


def _expected(
    report: Report,
    named: _Named,
    above: Mapping[int, Iterable[int]],
) -> frozenset[ScopeRow]:
    home = TAB_OF[report.state]
    seen: dict[tuple[int, Tab], tuple[Reach, Basis]] = {}

    def add(agency_id: int, tab: Tab, reach: Reach, with_basis: Basis) -> None:
        before = seen.get((agency_id, tab), (Reach.BELOW, Basis.COPY))
        seen[agency_id, tab] = (min(before[0], reach), min(before[1], with_basis))

    def add_with_ancestors(agency_id: int, tab: Tab, reach: Reach, with_basis: Basis) -> None:
        add(agency_id, tab, reach, with_basis)
        for ancestor in above[agency_id]:
            add(ancestor, tab, Reach.BELOW, with_basis)

    for agency_id in named.chain:
        own = Reach.OWN if agency_id == report.holder_id else Reach.BELOW
        add_with_ancestors(agency_id, home, own, Basis.FULL)
    for agency_id in named.deciders:
        add_with_ancestors(agency_id, Tab.REQUESTS, Reach.OWN, Basis.FULL)
    for agency_id in named.copies:
        add_with_ancestors(agency_id, Tab.COPIES, Reach.OWN, Basis.COPY)
    if report.recorder_agency_id is not None:
        # Who typed a report in keeps sight of it (case C18).
        add(report.recorder_agency_id, home, Reach.BELOW, Basis.FULL)

    full = {agency_id for (agency_id, _), (_, with_basis) in seen.items() if with_basis is Basis.FULL}
    return frozenset(
        ScopeRow(
            agency_id,
            reach,
            tab,
            sort_key(tab, report.received_at, report.clock_due_at),
            Basis.FULL if agency_id in full else with_basis,
        )
        for (agency_id, tab), (reach, with_basis) in seen.items()
    )


def stored(session: Session, report_id: int) -> frozenset[ScopeRow]:
    """The rows that a report has."""
    return stored_of(session, [report_id])[report_id]


def stored_of(session: Session, report_ids: Collection[int]) -> Mapping[int, frozenset[ScopeRow]]:
    """The same for many, by their keys."""
    present = session.execute(
        select(
            ReportScope.report_id,
            ReportScope.agency_id,
            ReportScope.reach,
            ReportScope.tab,
            ReportScope.sort_key,
            ReportScope.basis,
        ).where(ReportScope.report_id.in_(report_ids))
    )
    found: dict[int, list[ScopeRow]] = {key: [] for key in report_ids}
    for key, agency_id, reach, tab, sort, basis in present:
        found[key].append(ScopeRow(agency_id, Reach(reach), tab, sort, Basis(basis)))
    return {key: frozenset(rows) for key, rows in found.items()}


def rewrite(session: Session, report: Report) -> bool:
    """Make the report's rows what they must be; True if any differed. The report is locked."""
    return bool(rewrite_all(session, [report]))


def rewrite_all(session: Session, reports: Collection[Report]) -> list[int]:
    """The same for many, all locked; the keys of those that differed."""
    session.flush()
    wanted = expected_of(session, reports)
    present = stored_of(session, list(wanted))
    changed, gone, new = [], [], []
    for key, rows in wanted.items():
        if rows == present[key]:
            continue
        note_changed(session, key)
        changed.append(key)
        gone += [(key, row.agency_id, row.tab) for row in present[key] - rows]
        new += [
            {
                "agency_id": row.agency_id,
                "reach": row.reach.value,
                "tab": row.tab,
                "sort_key": row.sort_key,
                "report_id": key,
                "basis": row.basis.value,
            }
            for row in rows - present[key]
        ]
    for first in range(0, len(gone), AT_ONCE):
        row = tuple_(ReportScope.report_id, ReportScope.agency_id, ReportScope.tab)
        session.execute(delete(ReportScope).where(row.in_(gone[first : first + AT_ONCE])))
    if new:
        session.execute(insert(ReportScope), new)
    return changed
