"""PENGATURAN > Manajemen Instansi (manual 6.11)."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_babel import lazy_gettext as _l

from app.access.agencies import manageable
from app.models import Agency
from app.rules.roles import Resource
from app.views.fab import ActorFilter, ScopedModelView


class AgencyView(ScopedModelView):
    datamodel = SQLAInterface(Agency)
    route_base = "/pengaturan/instansi"
    class_permission_name = Resource.AGENCIES.value
    base_filters = [["id", ActorFilter, lambda actor: manageable(actor, Resource.AGENCIES)]]
    list_title = _l("Manajemen Instansi")
    list_columns = ["name", "active", "address", "phone"]
    show_columns = ["name", "alias", "email", "website", "phone", "address"]
    search_columns = ["name", "alias"]
    order_columns = ["name"]
    add_columns = edit_columns = ["name"]
