"""What a model view must declare: checked when it is made, so that an unsafe one never serves a page."""

from __future__ import annotations

from typing import Any

from app.rules.accounts.roles import Resource, Verb
from app.views.forms.model_data import ActorFilter, ScopedInterface

# Never shown, searched or ordered by: an order alone lets one read a hash letter by letter.
SECRET_COLUMNS = frozenset(
    {
        "password",
        "groups",
        "fail_login_count",
        "locked_until",
        "login_count",
        "session_stamp",
        "totp_nonce",
        "totp_step",
    }
)
LISTS = ("list_columns", "show_columns", "search_columns", "order_columns", "add_columns", "edit_columns")
VERBS = frozenset(verb.value for verb in Verb)


class UnsafeView(TypeError):
    """A model view whose declaration leaves something open. Its message names it and says what to do."""


def refuse_unsafe(view: Any) -> None:
    """Raises UnsafeView."""
    name = type(view).__name__
    fault = (
        _scope(view) or _columns(view) or _permissions(view) or ("" if not view.related_views else RELATED)
    )
    if fault:
        raise UnsafeView(f"{name}: {fault}")


RELATED = "related_views would not inherit the base filters; show related rows from a service"


def _scope(view: Any) -> str:
    if not isinstance(view.datamodel, ScopedInterface):
        return "datamodel must be a ScopedInterface"
    filters = [entry[1] for entry in view.base_filters or []]
    if not any(issubclass(found, ActorFilter) for found in filters):
        return "base_filters must hold an ActorFilter that says which rows an account manages"
    return ""


def _columns(view: Any) -> str:
    for attribute in ("search_columns", "order_columns", "list_columns", "base_order"):
        if not getattr(view, attribute) and not (attribute == "search_columns" and view.unsearched):
            return f"{attribute} must be given: left out, Flask-AppBuilder takes every column"
    for attribute in LISTS:
        secret = SECRET_COLUMNS.intersection(getattr(view, attribute) or ())
        if secret:
            return f"{attribute} holds {', '.join(sorted(secret))}, which nobody may see or order by"
    data = view.datamodel
    for column in view.search_columns:
        if not data.is_string(column) or data.is_enum(column):
            return f"search_columns: {column} is no text"
    for column in view.order_columns:
        if column not in data.list_columns:
            return f"order_columns: {column} is no column of {data.model_name}"
    unnamed = {*view.list_columns, *view.search_columns} - set(view.label_columns or {})
    return f"label_columns lacks {', '.join(sorted(unnamed))}" if unnamed else ""


def _permissions(view: Any) -> str:
    if view.class_permission_name not in set(Resource):
        return "class_permission_name must be a resource of rules/accounts/roles.py"
    for attribute in dir(type(view)):
        found = getattr(type(view), attribute)
        exposed = hasattr(found, "_urls") and attribute not in view.exclude_route_methods
        if (exposed or hasattr(found, "_action")) and view.method_permission_name.get(attribute) not in VERBS:
            return f"method_permission_name must fold {attribute} into read, write or act"
    return ""
