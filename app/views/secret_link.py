"""A report by its secret link: who has it is the reporter of that one report, without an account."""

from __future__ import annotations

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose

from app.access.own import linked_report_id
from app.rules.errors import NotFound
from app.rules.secret_links import secret_address
from app.services.links import holder_of
from app.views import context, own_page
from app.views.doors import SECRET_LINK, Dead, entrance


class SecretLink(BaseView):
    route_base = "/lacak"
    default_view = "enter"

    @expose("/", methods=["GET", "POST"])
    @entrance
    def enter(self) -> ResponseReturnValue:
        return SECRET_LINK.enter()

    @expose("/<handle>/")
    @SECRET_LINK.behind
    def show(self, token: str, handle: str) -> ResponseReturnValue:
        site = current_app.config["LAPOR"].site_url
        address = secret_address(site, SECRET_LINK.word, token) if "terkirim" in request.args else ""
        return own_page.show(_place(token, handle), link=address)

    @expose("/<handle>/lampiran/<file_id>")
    @SECRET_LINK.behind
    def file(self, token: str, handle: str, file_id: str) -> ResponseReturnValue:
        return own_page.file(_place(token, handle), file_id)

    @expose("/<handle>/<slug>/", methods=["GET", "POST"])
    @SECRET_LINK.behind
    def act(self, token: str, handle: str, slug: str) -> ResponseReturnValue:
        return own_page.act(_place(token, handle), slug)


def _place(token: str, handle: str) -> own_page.Place:
    """The pages of the link's report; from here on its holder acts. Raises Dead."""
    holder = holder_of(token)
    try:
        report_id = linked_report_id(context.reading(), holder)
    except NotFound:
        raise Dead from None
    context.act_as(holder)
    return own_page.Place(
        report_id,
        page=url_for("SecretLink.show", handle=handle),
        act=lambda slug: url_for("SecretLink.act", handle=handle, slug=slug),
        file=lambda file_id: url_for("SecretLink.file", handle=handle, file_id=file_id),
    )
