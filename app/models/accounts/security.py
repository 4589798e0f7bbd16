"""Flask-AppBuilder's permission tables, read by our fixed resource names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from flask_appbuilder.security.sqla.models import (
    Permission as FabPermission,
)
from flask_appbuilder.security.sqla.models import (
    PermissionView,
    ViewMenu,
    assoc_permissionview_role,
    assoc_user_role,
)
from flask_appbuilder.security.sqla.models import (
    Role as FabRole,
)
from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select

from app.models.accounts.account import Account
from app.rules.accounts.roles import Permission, Resource, Verb

Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])
BETWEEN_NAMES, BETWEEN_PAIRS = "\t", "\n"  # no name holds them: forms and our own names are one line of words
VERB_PREFIX = "can_"  # Flask-AppBuilder's own: has_access asks for "can_" + the method's permission

_pairs = {
    (resource.value, VERB_PREFIX + verb.value): (resource, verb) for resource in Resource for verb in Verb
}


def permission_names(permission: Permission) -> tuple[str, str]:
    """(resource, verb) as Flask-AppBuilder stores it: permission name, view menu name."""
    resource, verb = permission
    return VERB_PREFIX + verb.value, resource.value


def _with_names(grants: Asked) -> Asked:
    """A query of what roles hold, joined to the names of it."""
    return (
        grants.join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(FabPermission, FabPermission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
    )


def _of_roles(roles: Asked) -> Asked:
    """A query of an account's roles, joined to the names of what they hold."""
    held = assoc_permissionview_role.c.role_id == assoc_user_role.c.role_id
    return _with_names(roles.join(assoc_permissionview_role, held))


def permission_rows(role_ids: Collection[int]) -> Select[str, str]:
    """The (view menu, permission) names that roles hold."""
    grants = select(ViewMenu.name, FabPermission.name).select_from(assoc_permissionview_role)
    return _with_names(grants).where(assoc_permissionview_role.c.role_id.in_(role_ids)).distinct()


def permissions_text(user_id: ColumnElement[int]) -> ScalarSelect[str]:
    """The same of all roles of an account, as one text for permission_pairs(): a column of another query."""
    pair = ViewMenu.name + BETWEEN_NAMES + FabPermission.name
    roles = select(func.aggregate_strings(pair, BETWEEN_PAIRS)).select_from(assoc_user_role)
    return _of_roles(roles).where(assoc_user_role.c.user_id == user_id).scalar_subquery()


def permission_pairs(text: str | None) -> frozenset[tuple[str, str]]:
    """The (view menu, permission) names that permissions_text() put together."""
    pairs = (pair.split(BETWEEN_NAMES) for pair in text.split(BETWEEN_PAIRS)) if text else ()
    return frozenset((menu, permission) for menu, permission in pairs)


def permission_rows_by_role() -> Select[int, str, str]:
    """(role, view menu, permission) of every role."""
    return _with_names(select(assoc_permissionview_role.c.role_id, ViewMenu.name, FabPermission.name))


def permission_rows_by_name() -> Select[str, str, str]:
    """The same by the name of the role."""
    grants = select(FabRole.name, ViewMenu.name, FabPermission.name).select_from(assoc_permissionview_role)
    return _with_names(grants.join(FabRole, FabRole.id == assoc_permissionview_role.c.role_id))


def ours(names: Collection[tuple[str, str]]) -> frozenset[Permission]:
    """Our permissions among Flask-AppBuilder's (view menu, permission) names."""
    return frozenset(_pairs[pair] for pair in names if pair in _pairs)


def account_allows(resource: Resource, verb: Verb) -> ColumnElement[bool]:
    """Criterion on Account: one of its roles allows `verb` on `resource`."""
    permission, menu = permission_names((resource, verb))
    roles = select(assoc_user_role.c.user_id).where(
        assoc_user_role.c.user_id == Account.id, FabPermission.name == permission, ViewMenu.name == menu
    )
    return exists(_of_roles(roles))


def account_may(resource: Resource, verb: Verb, agency_id: Any, besides: Any = None) -> ColumnElement[bool]:
    """Criterion: the agency has an active account whose roles allow `verb` on `resource`.

    besides: the key of an account that does not count (a column, never NULL).
    """
    found = select(Account.id).where(
        Account.agency_id == agency_id, Account.active.is_(True), account_allows(resource, verb)
    )
    return exists(found if besides is None else found.where(Account.id != besides))


__all__ = [
    "FabRole",
    "account_allows",
    "account_may",
    "assoc_user_role",
    "ours",
    "permission_names",
    "permission_pairs",
    "permission_rows",
    "permission_rows_by_name",
    "permission_rows_by_role",
    "permissions_text",
]
