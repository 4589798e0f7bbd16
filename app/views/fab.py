"""The only base of Flask-AppBuilder's model views in this application."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import ModelView
from flask_appbuilder.models.filters import BaseFilter

from app.views import context


class ActorFilter(BaseFilter):  # type: ignore[misc]
    """The rows that the acting account may manage, asked anew in each request."""

    name = "actor"

    def apply(self, query: Any, value: Any) -> Any:
        return query.filter(value(context.actor()))


class ScopedModelView(ModelView):  # type: ignore[misc]
    """A list with its pages, narrowed to what the acting account may manage."""

    exclude_route_methods = {"download", "action", "action_post", "add", "edit", "delete"}
    method_permission_name = {
        "list": "read",
        "show": "read",
        "add": "write",
        "edit": "write",
        "delete": "write",
    }

    def update_redirect(self) -> None:
        """Keep no history of addresses in the cookie: they hold what was searched for."""
