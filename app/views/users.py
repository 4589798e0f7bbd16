"""PENGATURAN > Manajemen Pengguna (manual 6.10)."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_babel import lazy_gettext as _l
from sqlalchemy import false

from app.access.agencies import within
from app.models import Account
from app.rules.roles import Resource, Verb
from app.views.fab import ActorFilter, ScopedModelView


class UserView(ScopedModelView):
    datamodel = SQLAInterface(Account)
    route_base = "/pengaturan/pengguna"
    class_permission_name = Resource.USERS.value
    base_filters = [
        [
            "id",
            ActorFilter,
            lambda actor: (
                within(actor.agency_id, Account.agency_id)
                if actor.may(Resource.USERS, Verb.READ)
                else false()
            ),
        ]
    ]
    list_title = _l("Manajemen Pengguna")
    list_columns = ["first_name", "email", "created_on", "active"]
    show_columns = ["first_name", "email", "created_on", "active"]
    search_columns = ["first_name", "username", "email"]
    order_columns = ["first_name", "email", "created_on"]
    add_columns = edit_columns = ["first_name"]
