"""Before a move: the line of ancestors that agencies have had up to now is kept for what they did in it.

Statistics alone read it (app/stats/counting.py): performance stays with the agency and its ancestors at the act.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, insert, literal, select
from sqlalchemy.orm import Session, aliased

from app.access.figures.statistics import received_below
from app.models import AgencyPastLine, AgencyTree
from app.services import stale_months


def remember(session: Session, agency_ids: Collection[int], now: datetime) -> None:
    """Keep the present lines of `agency_ids` and of all below them, as valid until `now`.

    For the transaction that gives them other ancestors, before it changes the tree. A second change of a
    line at the same moment keeps the first: nothing was done in between. Marks the months of the reports
    that they hold: volume follows the new tree.
    """
    line, unit, moved, past = (
        aliased(AgencyTree),
        aliased(AgencyTree),
        aliased(AgencyTree),
        aliased(AgencyPastLine),
    )
    until = literal(now, AgencyPastLine.until.type)
    began = select(func.max(past.until)).where(past.agency_id == line.unit_id).scalar_subquery()
    below = select(moved.unit_id).where(moved.ancestor_id.in_(agency_ids))
    kept = select(past.agency_id).where(past.agency_id == line.unit_id, past.until >= until).exists()
    # The unit of an ancestor is one level nearer to the agency; at depth 0 there is none but itself.
    lines = (
        select(
            line.unit_id,
            until,
            line.ancestor_id,
            func.coalesce(unit.ancestor_id, line.unit_id),
            line.depth,
            began,
        )
        .outerjoin(unit, and_(unit.unit_id == line.unit_id, unit.depth == line.depth - 1))
        .where(line.unit_id.in_(below), ~kept)
    )
    columns = ["agency_id", "until", "ancestor_id", "via_id", "depth", "since"]
    session.execute(insert(AgencyPastLine).from_select(columns, lines))
    stale_months.mark_between(session, *received_below(session, agency_ids))
