"""What agencies lose when others leave their subtree: taken away at once, in the change's own transaction.

A report is seen along the tree, by the ancestors of whoever holds it, gave it on, has a copy or decides on
a request. When units go elsewhere the agencies that were above them lose the rows that rested on them and
on nothing else. That is three statements over an index, however many reports there are; what the new line
gains is written afterwards, report by report (scope.rewrite_all), and is no danger while it is missing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, union, update
from sqlalchemy.orm import Session, aliased

from app.models import AgencyTree, Copy, Disposition, Report, ReportScope, Request
from app.rules.reports.codes import RequestStatus, Upkeep
from app.rules.reports.tabs import Basis, Tab
from app.rules.reports.workflow import ENDED_STATES

ASIDE = (Tab.COPIES, Tab.REQUESTS)  # every other tab is a report's home, where its chain puts it


def units_below(tops: Collection[int]) -> Select[int]:
    """The keys of these agencies and of all below them."""
    return select(AgencyTree.unit_id).where(AgencyTree.ancestor_id.in_(tops))


def lose(session: Session, losers: Collection[int], tops: Collection[int]) -> int:
    """Take from `losers` the rows that rested on `tops` and what lies below them alone; how many rows.

    The tree is already what it will be: no loser stands above any of these. Who gave a report on keeps
    its standing, and with it its row and those of its own ancestors; so does who typed it in.
    """
    if not losers or not tops:
        return 0
    units = units_below(tops)
    gone = 0
    for tab, linked, kept in (
        (ReportScope.tab.not_in(ASIDE), _chained(units), or_(_held_by_chain(), _recorded())),
        (ReportScope.tab == Tab.COPIES, select(Copy.report_id).where(Copy.agency_id.in_(units)), _copied()),
        # Who left the chain of what had ended decides nothing about it any more, whoever does instead.
        (ReportScope.tab == Tab.REQUESTS, union(_deciding(units), _chained(units)), _decides()),
    ):
        lost = delete(ReportScope).where(
            ReportScope.agency_id.in_(losers), tab, ReportScope.report_id.in_(linked), ~kept
        )
        gone += _rows(session, lost)
    _keep_copies_copies(session, losers, units)
    return gone


def _rows(session: Session, statement: Any) -> int:
    """How many rows it changed. Objects that the session holds are not looked at: it holds none of these."""
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    number: int = result.rowcount
    return number


def _chained(units: Select[int]) -> Select[int]:
    return select(Disposition.report_id).where(
        Disposition.agency_id.in_(units), Disposition.ended_at.is_(None)
    )


def _deciding(units: Select[int]) -> Select[int]:
    return select(Request.report_id).where(
        Request.decider_agency_id.in_(units), Request.status == RequestStatus.OPEN
    )


def _above(agency_id: Any) -> Any:
    """A row of the tree: the agency of the scope's row is `agency_id` or stands above it."""
    tree = aliased(AgencyTree)
    return tree, and_(tree.unit_id == agency_id, tree.ancestor_id == ReportScope.agency_id)


def _held_by_chain() -> ColumnElement[bool]:
    tree, above = _above(Disposition.agency_id)
    return exists(select(tree.unit_id).select_from(Disposition).join(tree, above).where(
        Disposition.report_id == ReportScope.report_id, Disposition.ended_at.is_(None)
    ).correlate(ReportScope))  # fmt: skip


def _recorded() -> ColumnElement[bool]:
    return exists(select(Report.id).where(
        Report.id == ReportScope.report_id, Report.recorder_agency_id == ReportScope.agency_id
    ).correlate(ReportScope))  # fmt: skip


def _copied() -> ColumnElement[bool]:
    tree, above = _above(Copy.agency_id)
    return exists(select(tree.unit_id).select_from(Copy).join(tree, above).where(
        Copy.report_id == ReportScope.report_id
    ).correlate(ReportScope))  # fmt: skip


def _decides() -> ColumnElement[bool]:
    tree, above = _above(Request.decider_agency_id)
    return exists(select(tree.unit_id).select_from(Request).join(tree, above).where(
        Request.report_id == ReportScope.report_id, Request.status == RequestStatus.OPEN
    ).correlate(ReportScope))  # fmt: skip


def _keep_copies_copies(session: Session, losers: Collection[int], units: Select[int]) -> None:
    """Whose only row left is a copy's does not see the reporter's identity any more."""
    other = aliased(ReportScope)
    full = exists(select(other.agency_id).where(
        other.report_id == ReportScope.report_id,
        other.agency_id == ReportScope.agency_id,
        other.tab != Tab.COPIES,
    ).correlate(ReportScope))  # fmt: skip
    _rows(
        session,
        update(ReportScope)
        .where(
            ReportScope.agency_id.in_(losers),
            ReportScope.tab == Tab.COPIES,
            ReportScope.basis == Basis.FULL.value,
            or_(ReportScope.report_id.in_(_chained(units)), ReportScope.report_id.in_(_deciding(units))),
            ~full,
        )
        .values(basis=Basis.COPY.value),
    )


def leave_ended(session: Session, losers: Collection[int], tops: Collection[int], now: Any) -> int:
    """Of reports that have ended, `losers` leave the chains below `tops`: standing lasts until the close.

    What they were asked for, to open a report again, whoever gives it to the holder now decides.
    """
    held = select(Report.holder_id).where(Report.id == Disposition.report_id).scalar_subquery()
    ended = select(Report.id).where(Report.holder_id.in_(units_below(tops)), Report.state.in_(ENDED_STATES))
    left = (
        update(Disposition)
        .where(
            Disposition.agency_id.in_(losers),
            Disposition.ended_at.is_(None),
            Disposition.report_id.in_(ended),
        )
        .values(ended_at=now, end_action=Upkeep.MOVED.value, went_to_agency_id=held)
    )
    gone = _rows(session, left)
    decide_anew(session, Request.decider_agency_id.in_(losers), Request.report_id.in_(ended))
    return gone


def decide_anew(session: Session, *which: ColumnElement[bool]) -> int:
    """Open requests of these reports, whose chains have changed, are for the delegator that there is now.

    which: criteria on Request, of reports below the root that have ended: they wait for REOPEN alone.
    """
    held = select(Report.holder_id).where(Report.id == Request.report_id)
    holder = held.correlate(Request).scalar_subquery()
    delegator = (
        select(Disposition.agency_id)
        .where(
            Disposition.report_id == Request.report_id,
            Disposition.ended_at.is_(None),
            Disposition.agency_id != holder,
        )
        .order_by(Disposition.position.desc())
        .limit(1)
        .correlate(Request)
        .scalar_subquery()
    )
    asked = update(Request).where(Request.status == RequestStatus.OPEN, *which)
    return _rows(session, asked.values(decider_agency_id=delegator))


def concerned(session: Session, tops: Collection[int], *, after: int, limit: int) -> list[int]:
    """The keys of reports that agencies at or below `tops` have to do with, from behind `after`."""
    found = _concerned(tops).subquery()
    return list(
        session.scalars(
            select(found.c.report_id)
            .where(found.c.report_id > after)
            .order_by(found.c.report_id)
            .limit(limit)
        )
    )


def number_concerned(session: Session, tops: Collection[int]) -> int:
    return session.scalar(select(func.count()).select_from(_concerned(tops).subquery())) or 0


def _concerned(tops: Collection[int]) -> Any:
    units = units_below(tops)
    copied = select(Copy.report_id).where(Copy.agency_id.in_(units))
    return union(_chained(units), copied, _deciding(units))
