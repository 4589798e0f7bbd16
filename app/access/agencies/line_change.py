"""Whose subtree an agency leaves and whose it enters when it goes elsewhere, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.tree import ancestors
from app.models import Agency


@dataclass(frozen=True)
class LineChange:
    """loses: who does not stand above it any more; gains: who does from then on; the nearest first."""

    loses: Sequence[str]
    gains: Sequence[str]


def line_change(session: Session, agency_id: int, target_id: int) -> LineChange:
    """For an agency that goes below `target_id`, or into it."""
    above = ancestors(session, [agency_id, target_id])
    old, new = above[agency_id], [target_id, *above[target_id]]
    loses, gains = (
        [key for key in old if key not in new],
        [key for key in new if key not in [*old, agency_id]],
    )
    rows = session.execute(select(Agency.id, Agency.name).where(Agency.id.in_([*loses, *gains])))
    names = {key: name for key, name in rows}
    return LineChange([names[key] for key in loses], [names[key] for key in gains])


def agency_names(session: Session, keys: set[int | None]) -> dict[int | None, str]:
    """The names of these agencies; nothing for None."""
    rows = session.execute(select(Agency.id, Agency.name).where(Agency.id.in_(keys - {None})))
    return {key: name for key, name in rows}
