"""Another place in the tree for an agency and all that lies below it: its parent and the closure together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.orm import Session, aliased

from app.access.agencies.scope_loss import units_below
from app.access.tree import ancestors
from app.models import Agency, AgencyTree

QUIETLY = {"synchronize_session": False}


def put_below(session: Session, unit_id: int, parent_id: int, now: datetime) -> list[int]:
    """Make `parent_id` the parent of `unit_id`; the agencies that are above it no more, nearest first.

    Who was above and stays so keeps its row and the time since when; a new ancestor is one from `now` on.
    """
    unit = session.get_one(Agency, unit_id)
    above = ancestors(session, [unit_id, parent_id])
    old, new = above[unit_id], [parent_id, *above[parent_id]]
    lost = [each for each in old if each not in new]
    kept = [each for each in old if each in new]
    gained = [each for each in new if each not in old]
    unit.parent_id = parent_id
    session.flush()
    moved = list(session.scalars(units_below([unit_id])))
    if lost:
        session.execute(
            delete(AgencyTree)
            .where(AgencyTree.ancestor_id.in_(lost), AgencyTree.unit_id.in_(moved))
            .execution_options(**QUIETLY)
        )
    deeper = len(new) - len(old)
    if kept and deeper:
        session.execute(
            update(AgencyTree)
            .where(AgencyTree.ancestor_id.in_(kept), AgencyTree.unit_id.in_(moved))
            .values(depth=AgencyTree.depth + deeper)
            .execution_options(**QUIETLY)
        )
    if gained:
        upper, lower = aliased(AgencyTree), aliased(AgencyTree)
        since = literal(now, AgencyTree.since.type)
        rows = (
            select(upper.ancestor_id, lower.unit_id, upper.depth + 1 + lower.depth, since)
            .join(lower, lower.ancestor_id == unit_id)
            .where(upper.unit_id == parent_id, upper.ancestor_id.in_(gained))
        )
        columns = ["ancestor_id", "unit_id", "depth", "since"]
        session.execute(insert(AgencyTree).from_select(columns, rows))
    session.expire_all()
    return lost
