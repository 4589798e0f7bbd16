"""Roles and permissions in the database, from the matrix in rules/accounts/roles.py.

Run once per release, never at start-up: several workers that start at the same time would race.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_appbuilder.security.sqla.models import Permission as FabPermission
from flask_appbuilder.security.sqla.models import PermissionView, ViewMenu
from flask_appbuilder.security.sqla.models import Role as FabRole
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import RoleDemand
from app.models.accounts.security import permission_names
from app.rules.accounts.roles import KEPT, ROLE_MATRIX, Resource, Role, Verb
from app.services.accounts.second_step import locked_roles


@dataclass(frozen=True)
class Synced:
    permissions: int
    roles: int


def sync_security(session: Session, *, second_step: bool = False) -> Synced:
    """Make every permission there is, and the roles that are missing, with what they start with.

    A role that exists keeps what central admins gave it, Admin Pusat also what nobody could give back.
    second_step: roles with a central power sign in with a second step from now on.
    """
    verbs = {row.name: row for row in session.scalars(select(FabPermission))}
    menus = {row.name: row for row in session.scalars(select(ViewMenu))}
    pairs = {(row.permission_id, row.view_menu_id): row for row in session.scalars(select(PermissionView))}
    found: dict[tuple[Resource, Verb], PermissionView] = {}
    added = 0
    for resource in Resource:
        for verb in Verb:
            verb_name, menu_name = permission_names((resource, verb))
            for table, name, model in ((verbs, verb_name, FabPermission), (menus, menu_name, ViewMenu)):
                if name not in table:
                    table[name] = model(name=name)
                    session.add(table[name])
            session.flush()
            pair = pairs.get((verbs[verb_name].id, menus[menu_name].id))
            if pair is None:
                pair = PermissionView(permission=verbs[verb_name], view_menu=menus[menu_name])
                session.add(pair)
                added += 1
            found[resource, verb] = pair
    roles = set(session.scalars(select(FabRole.name)))
    missing = [role for role in ROLE_MATRIX if role.value not in roles]
    for role in missing:
        granted = [found[permission] for permission in sorted(ROLE_MATRIX[role])]
        session.add(FabRole(name=role.value, permissions=granted))
    session.flush()
    for row in session.scalars(select(FabRole).where(FabRole.name.in_([role.value for role in KEPT]))):
        held = {pair.id for pair in row.permissions}
        kept = [found[permission] for permission in sorted(KEPT[Role(row.name)])]
        row.permissions += [pair for pair in kept if pair.id not in held]
    session.flush()
    if second_step:
        for role in locked_roles(session):
            session.merge(RoleDemand(role_id=role.id, second_step=True))
        session.flush()
    return Synced(added, len(missing))
