"""Roles as they stand in the database, with what each may touch and how many accounts hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.accounts.security import (
    FabRole,
    assoc_user_role,
    ours,
    permission_rows,
    permission_rows_by_name,
    permission_rows_by_role,
)
from app.rules.accounts.roles import Permission, Role, built_in

POWERS = "role_powers"  # where a session keeps them


@dataclass(frozen=True)
class RoleHeld:
    """A role: `accounts` hold it, active or not. built_in: of the code, None for one made by an admin."""

    id: int
    name: str
    permissions: frozenset[Permission]
    accounts: int

    @property
    def built_in(self) -> Role | None:
        return built_in(self.name)


def roles(session: Session) -> list[RoleHeld]:
    """Every role: those of the code in their order, then the others by name."""
    held = {
        key: number
        for key, number in session.execute(
            select(assoc_user_role.c.role_id, func.count()).group_by(assoc_user_role.c.role_id)
        )
    }
    order = list(Role)
    rows = session.execute(select(FabRole.id, FabRole.name)).all()
    touch: dict[int, list[tuple[str, str]]] = {}
    for key, menu, verb in session.execute(permission_rows_by_role()):
        touch.setdefault(key, []).append((menu, verb))
    found = [RoleHeld(key, name, ours(touch.get(key, ())), held.get(key, 0)) for key, name in rows]
    return sorted(
        found, key=lambda role: (order.index(role.built_in) if role.built_in else len(order), role.name)
    )


def powers(session: Session) -> Mapping[str, frozenset[Permission]]:
    """What each role may touch that may touch anything, by its name. Read once until a transaction begins: lists ask it for each row."""
    found: Mapping[str, frozenset[Permission]] | None = session.info.get(POWERS)
    if found is None:
        touch: dict[str, list[tuple[str, str]]] = {}
        for name, menu, verb in session.execute(permission_rows_by_name()):
            touch.setdefault(name, []).append((menu, verb))
        found = session.info[POWERS] = {name: ours(pairs) for name, pairs in touch.items()}
    return found


def forget_powers(session: Session) -> None:
    """What is written now is asked of the database as it is now."""
    session.info.pop(POWERS, None)


def role(session: Session, key: int | None) -> RoleHeld | None:
    name = session.scalar(select(FabRole.name).where(FabRole.id == key)) if key is not None else None
    if key is None or name is None:
        return None
    number = session.scalar(select(func.count()).where(assoc_user_role.c.role_id == key))
    return RoleHeld(key, name, permissions(session, key), number or 0)


def permissions(session: Session, role_id: int) -> frozenset[Permission]:
    """What one role may touch."""
    return ours([(menu, name) for menu, name in session.execute(permission_rows([role_id]))])
