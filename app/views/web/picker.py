"""What scripts ask for while somebody types or chooses; every form works without them."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access

from app.access.choices import Among, areas_below, find_agencies
from app.rules.accounts.roles import Resource
from app.rules.text import key_of
from app.views.web import context

QUERY_MIN = 2


class Picker(BaseView):
    route_base = "/pilih"
    default_view = "agencies"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"agencies": "read", "areas": "read"}

    @expose("/instansi")
    @has_access
    def agencies(self) -> ResponseReturnValue:
        """?q= words of a name or alias: [{id, name, path, staffed}].

        Only within ?dalam=, below ?bawah= (and ?juga= besides), or outside ?luar= that agency. Fewer letters than a search
        needs list the nearest units below ?bawah=.
        """
        query = request.args.get("q", "")[:100]
        among = Among(*(key_of(request.args.get(name)) for name in ("dalam", "bawah", "luar", "juga")))
        if len(query.strip()) < QUERY_MIN:
            query = ""
        found = find_agencies(context.reading(), query, among=among)
        return jsonify([{"id": o.id, "name": o.name, "path": o.path, "staffed": o.staffed} for o in found])

    @expose("/wilayah")
    @has_access
    def areas(self) -> ResponseReturnValue:
        """?induk= code of an area: what lies directly in it, [{code, name}]."""
        found = areas_below(context.reading(), request.args.get("induk", "")[:16])
        return jsonify([{"code": code, "name": name} for code, name in found])
