"""Peran & Izin: what each role may touch, and roles of an installation's own. At once effective, audited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_appbuilder.security.sqla.models import Permission as FabPermission
from flask_appbuilder.security.sqla.models import PermissionView, ViewMenu
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.accounts.roles import RoleHeld, permissions, role
from app.access.actor import Actor
from app.models import Account, Agency, RoleDemand
from app.models.accounts.security import FabRole, ours, permission_names
from app.rules import text
from app.rules.accounts.roles import (
    KEPT,
    Permission,
    Resource,
    Role,
    Verb,
    built_in,
    completed,
    is_central,
    may_give,
)
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_, Filled
from app.services.system import audit

KIND = "role"
NAME_MAX = 64  # Flask-AppBuilder's column
NAME_TAKEN = N_("Sudah ada peran dengan nama ini.")
BUILT_IN = N_("Peran bawaan tidak dapat diganti namanya atau dihapus. Salin peran ini, lalu ubah salinannya.")
HELD_BELOW = N_(
    "Peran ini dipegang akun di luar instansi pusat, sehingga tidak dapat diberi wewenang pusat. Buat peran lain untuk itu."
)
NOT_YOURS = N_("Centang hanya wewenang yang Anda miliki sendiri.")
IN_USE = N_("Peran ini masih dipegang %(number)s akun. Beri akun itu peran lain dahulu.")


def create(session: Session, actor: Actor, name: str, wanted: Iterable[Permission], now: datetime) -> FabRole:
    """Make a role of the installation's own. Raises Invalid at `name`."""
    _begin(session, actor)
    made = FabRole(name=_name(session, name), permissions=[])
    session.add(made)
    session.flush()
    held = completed(made.name, frozenset(wanted))
    _hold(actor, held)
    _set(session, made, held)
    _ask_second_step(session, made, held)
    audit.note(session, actor, "role.created", KIND, made.id, now, permissions=_codes(held))
    return made


def change(
    session: Session,
    actor: Actor,
    key: int,
    name: str | None,
    wanted: Iterable[Permission],
    now: datetime,
) -> FabRole:
    """Change what a role may touch and, for one of the installation's own, its name (None: as it is).

    A role keeps what nobody could give back otherwise. Raises Invalid at `name`, or at `role` for a tick that
    the actor does not hold; NotFound.
    """
    _begin(session, actor)
    row = _find(session, key)
    before = permissions(session, key)
    if name is not None and name != row.name:
        if built_in(row.name) is not None:
            raise Invalid({"name": BUILT_IN})
        row.name = _name(session, name, besides=key)
        audit.note(session, actor, "role.renamed", KIND, key, now)
    after = completed(row.name, frozenset(wanted))
    if after != before:
        of_code = built_in(row.name)
        _hold(actor, after - before - (KEPT.get(of_code, frozenset()) if of_code else frozenset()))
        if is_central(after) and not is_central(before) and _held_below(session, key):
            raise Invalid({"role": HELD_BELOW})
        _set(session, row, after)
        _ask_second_step(session, row, after)
        audit.note(
            session, actor, "role.changed", KIND, key, now,
            added=_codes(after - before), removed=_codes(before - after),
        )  # fmt: skip
    session.flush()
    return row


def delete(session: Session, actor: Actor, key: int, now: datetime) -> str:
    """Delete a role that nobody holds; returns its name. Raises Invalid, NotFound."""
    _begin(session, actor)
    row = _find(session, key)
    held = role(session, key)
    assert held is not None, "it is locked"
    refusal = why_not_deleted(held)
    if refusal is not None:
        raise Invalid({"role": refusal})
    audit.note(session, actor, "role.deleted", KIND, key, now, permissions=_codes(held.permissions))
    row.permissions = []
    session.flush()
    session.delete(row)
    session.flush()
    return held.name


def why_not_deleted(held: RoleHeld) -> str | None:
    """What keeps a role, None if nothing does."""
    if held.built_in is not None:
        return BUILT_IN
    return Filled(IN_USE, number=held.accounts) if held.accounts else None


def _begin(session: Session, actor: Actor) -> None:
    """One change of roles after the other: two of them could take away what either kept."""
    if not actor.may(Resource.ROLES, Verb.WRITE):
        raise Forbidden
    session.execute(select(Agency.id).where(Agency.parent_id.is_(None)).with_for_update(key_share=True))


def _hold(actor: Actor, given: frozenset[Permission]) -> None:
    """Raises Invalid for a tick that the actor does not hold: whoever may edit roles could give it to themselves."""
    if not may_give(actor.permissions, given):
        raise Invalid({"role": NOT_YOURS})


def _ask_second_step(session: Session, row: FabRole, held: frozenset[Permission]) -> None:
    """A role with a central power asks for the second step where Admin Pusat does: a copy is no way around it."""
    asked = (
        select(RoleDemand.role_id)
        .join(FabRole, FabRole.id == RoleDemand.role_id)
        .where(FabRole.name == Role.CENTRAL.value, RoleDemand.second_step.is_(True))
    )
    if is_central(held) and session.scalar(asked) is not None:
        session.merge(RoleDemand(role_id=row.id, second_step=True))
        session.flush()


def _held_below(session: Session, key: int) -> bool:
    """Whether an account below the root holds the role: there a central power would have no rules."""
    query = (
        select(Account.id)
        .join(Agency, Agency.id == Account.agency_id)
        .where(Agency.parent_id.is_not(None), Account.roles.any(FabRole.id == key))
    )
    return session.scalar(query.limit(1)) is not None


def _find(session: Session, key: int) -> FabRole:
    row: FabRole | None = session.scalar(
        select(FabRole).where(FabRole.id == key).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def _name(session: Session, name: str, *, besides: int | None = None) -> str:
    wanted = text.clean(name, "name", limit=NAME_MAX, lines=False)
    for key, taken in session.execute(select(FabRole.id, FabRole.name)):
        if taken.casefold() == wanted.casefold() and key != besides:
            raise Invalid({"name": NAME_TAKEN})
    return wanted


def _set(session: Session, row: FabRole, held: frozenset[Permission]) -> None:
    """Give a role exactly these of our permissions; whatever else hangs on it goes."""
    pairs = session.execute(
        select(PermissionView, ViewMenu.name, FabPermission.name)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .join(FabPermission, FabPermission.id == PermissionView.permission_id)
    )
    names = {permission_names(pair)[::-1] for pair in held}
    row.permissions = [pair for pair, menu, verb in pairs if (menu, verb) in names]
    session.flush()
    assert ours([(menu, verb) for menu, verb in names]) == held, "sync-security makes every permission"


def _codes(pairs: Iterable[Permission]) -> list[str]:
    return sorted(f"{resource.value}:{verb.value}" for resource, verb in pairs)
