"""One's own account."""

from __future__ import annotations

from flask_appbuilder import BaseView, expose, has_access

from app.extensions import db
from app.models import Account
from app.rules.roles import Resource
from app.views import context


class AccountView(BaseView):
    """The signed-in account: whose it is, for which agency, with which roles."""

    route_base = "/akun"
    default_view = "show"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {"show": "read"}

    @expose("/")
    @has_access
    def show(self) -> str:
        account = db.session.get(Account, context.actor().user_id)
        return str(self.render_template("lapor/account.html", account=account))
