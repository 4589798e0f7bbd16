"""One person with two hats: a citizen of the small world who is given an office, or loses it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.models.accounts.security import FabRole
from app.rules.accounts.roles import Role
from app.services.accounts import people_care
from tests.support.world import World

# What "warga" is, by a name: no office, one in an agency that has nothing to do with the report, in the
# one that holds it, in the root, or one that was taken away again.
HATS: Mapping[str, tuple[str, Role] | None] = {
    "citizen": None,
    "unrelated": ("b", Role.COORDINATOR),
    "holder": ("a", Role.COORDINATOR),
    "root": ("root", Role.CENTRAL),
    "supervisor": ("root", Role.SUPERVISOR),
    "removed": ("a", Role.COORDINATOR),
}
OFFICES = tuple(name for name in HATS if name not in ("citizen", "removed"))


def wear(app: Flask, hat: str, name: str = "warga") -> None:
    """Give the person the hat of that name."""
    office = HATS[hat]
    if office is not None:
        give_office(app, name, *office)
    if hat == "removed":
        with app.app_context(), transaction() as session:
            world = World.read(session)
            key = world.account(session, name).id
            people_care.remove(session, world.actor(session, "pusat"), key, datetime.now(UTC))


def give_office(app: Flask, name: str, agency: str, role: Role) -> None:
    with app.app_context(), transaction() as session:
        world = World.read(session)
        account = world.account(session, name)
        account.agency_id = world.agencies[agency]
        account.roles = [session.scalars(select(FabRole).where(FabRole.name == role.value)).one()]
