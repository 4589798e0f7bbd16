"""Agencies are entered and changed here, with their closure in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from app.models import Agency, AgencyTree
from app.rules import text
from app.rules.errors import Invalid
from app.rules.labels import N_, Zone

NAME_TAKEN = N_("Sudah ada instansi dengan nama ini di bawah induk yang sama.")
TOO_DEEP = N_("Susunan instansi paling banyak %(limit)s tingkat.")
MAX_DEPTH = 8  # levels below the root; the largest ministry needs six


def create(
    session: Session,
    name: str,
    parent_id: int | None,
    now: datetime,
    *,
    alias: str = "",
    zone: Zone | None = None,
    **profile: str,
) -> Agency:
    """Enter an agency below `parent_id` (None: the root), with the parent's zone unless one is given.

    `profile`: email, website, phone, address. Raises Invalid for a missing or taken name, or a tree
    that would grow deeper than MAX_DEPTH levels.
    """
    clean_name = text.clean(name, "name", limit=text.SHORT_MAX, lines=False)
    if name_taken(session, clean_name, parent_id):
        raise Invalid({"name": NAME_TAKEN})
    parent = session.get(Agency, parent_id) if parent_id is not None else None
    agency = Agency(
        name=clean_name,
        parent_id=parent_id,
        alias=text.clean(alias, "alias", limit=text.SHORT_MAX, required=False, lines=False),
        zone=zone or (parent.zone if parent else Zone.WIB),
        active=True,
        created_at=now,
        **{
            field: text.clean(value, field, limit=text.SHORT_MAX, required=False, lines=False)
            for field, value in profile.items()
        },
    )
    session.add(agency)
    session.flush()
    session.add(AgencyTree(ancestor_id=agency.id, unit_id=agency.id, depth=0))
    session.flush()
    if parent_id is not None:
        above = select(AgencyTree.ancestor_id, literal(agency.id), AgencyTree.depth + 1).where(
            AgencyTree.unit_id == parent_id
        )
        session.execute(insert(AgencyTree).from_select(["ancestor_id", "unit_id", "depth"], above))
        deepest = session.scalars(
            select(AgencyTree.depth).where(AgencyTree.unit_id == agency.id).order_by(AgencyTree.depth.desc())
        ).first()
        if deepest is not None and deepest > MAX_DEPTH:
            raise Invalid({"parent": TOO_DEEP}, limit=MAX_DEPTH)
    return agency


def name_taken(session: Session, name: str, parent_id: int | None, *, besides: int | None = None) -> bool:
    """Whether another agency under the same parent has this name."""
    query = select(Agency.id).where(Agency.name == name, Agency.parent_id.is_not_distinct_from(parent_id))
    if besides is not None:
        query = query.where(Agency.id != besides)
    return session.scalar(query) is not None


def find_or_create(session: Session, name: str, parent_id: int, now: datetime) -> Agency:
    """The agency of that name below `parent_id`, made if it is not there."""
    found = session.scalar(select(Agency).where(Agency.name == name, Agency.parent_id == parent_id))
    return found or create(session, name, parent_id, now)
