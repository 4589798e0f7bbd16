"""Flask-AppBuilder's permission tables, read by our fixed resource names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

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

from app.models.account import Account
from app.rules.roles import Permission, Resource, Verb

BETWEEN_NAMES, BETWEEN_PAIRS = "\t", "\n"  # no name holds them: forms and our own names are one line of words
VERB_PREFIX = "can_"  # Flask-AppBuilder's own: has_access asks for "can_" + the method's permission

_pairs = {
    (resource.value, VERB_PREFIX + verb.value): (resource, verb) for resource in Resource for verb in Verb
}


def permission_names(permission: Permission) -> tuple[str, str]:
    """(resource, verb) as Flask-AppBuilder stores it: permission name, view menu name."""
    resource, verb = permission
    return VERB_PREFIX + verb.value, resource.value


def permission_rows(role_ids: Collection[int]) -> Select[str, str]:
    """The (view menu, permission) names that roles hold."""
    return (
        select(ViewMenu.name, FabPermission.name)
        .select_from(assoc_permissionview_role)
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(FabPermission, FabPermission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(assoc_permissionview_role.c.role_id.in_(role_ids))
        .distinct()
    )


def permissions_text(user_id: ColumnElement[int]) -> ScalarSelect[str]:
    """The same of all roles of an account, as one text for permission_pairs(): a column of another query."""
    return (
        select(func.aggregate_strings(ViewMenu.name + BETWEEN_NAMES + FabPermission.name, BETWEEN_PAIRS))
        .select_from(assoc_user_role)
        .join(assoc_permissionview_role, assoc_permissionview_role.c.role_id == assoc_user_role.c.role_id)
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(FabPermission, FabPermission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(assoc_user_role.c.user_id == user_id)
        .scalar_subquery()
    )


def permission_pairs(text: str | None) -> frozenset[tuple[str, str]]:
    """The (view menu, permission) names that permissions_text() put together."""
    pairs = (pair.split(BETWEEN_NAMES) for pair in text.split(BETWEEN_PAIRS)) if text else ()
    return frozenset((menu, permission) for menu, permission in pairs)


def permission_rows_by_role() -> Select[int, str, str]:
    """(role, view menu, permission) of every role."""
    return (
        select(assoc_permissionview_role.c.role_id, ViewMenu.name, FabPermission.name)
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(FabPermission, FabPermission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
    )


def ours(names: Collection[tuple[str, str]]) -> frozenset[Permission]:
    """Our permissions among Flask-AppBuilder's (view menu, permission) names."""
    return frozenset(_pairs[pair] for pair in names if pair in _pairs)


def account_may(resource: Resource, verb: Verb, agency_id: Any) -> ColumnElement[bool]:
    """Criterion: the agency has an active account whose roles allow `verb` on `resource`."""
    permission, menu = permission_names((resource, verb))
    return exists(
        select(Account.id)
        .join(assoc_user_role, assoc_user_role.c.user_id == Account.id)
        .join(
            assoc_permissionview_role,
            assoc_permissionview_role.c.role_id == assoc_user_role.c.role_id,
        )
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(FabPermission, FabPermission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(
            Account.agency_id == agency_id,
            Account.active.is_(True),
            FabPermission.name == permission,
            ViewMenu.name == menu,
        )
    )


def account_allows(resource: Resource, verb: Verb) -> ColumnElement[bool]:
    """Criterion on Account: one of its roles allows `verb` on `resource`."""
    permission, menu = permission_names((resource, verb))
    return exists(
        select(assoc_user_role.c.user_id)
        .join(
            assoc_permissionview_role,
            assoc_permissionview_role.c.role_id == assoc_user_role.c.role_id,
        )
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(FabPermission, FabPermission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(
            assoc_user_role.c.user_id == Account.id,
            FabPermission.name == permission,
            ViewMenu.name == menu,
        )
    )


__all__ = [
    "FabRole",
    "account_allows",
    "account_may",
    "assoc_user_role",
    "ours",
    "permission_names",
    "permission_pairs",
    "permission_rows",
    "permission_rows_by_role",
    "permissions_text",
]
