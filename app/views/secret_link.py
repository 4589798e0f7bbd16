"""A report by its secret link: who has it is the reporter of that one report, without an account.

The token stands in the address, so no page of it tells its address to another site. Browsers then send
no referrer with its forms either; these check their own token in place of Flask-WTF's first look.
"""

from __future__ import annotations

from flask import Response, current_app, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose

from app.access.own import linked_report_id
from app.extensions import csrf
from app.services.links import holder_of
from app.views import context, own_page

csrf.exempt(f"{__name__}.act")


class SecretLink(BaseView):
    route_base = "/lacak"
    default_view = "show"

    @expose("/<token>/")
    def show(self, token: str) -> ResponseReturnValue:
        place = _place(token)
        address = f"{current_app.config['LAPOR'].site_url}{place.page}" if "terkirim" in request.args else ""
        return _secret(own_page.show(place, link=address))

    @expose("/<token>/lampiran/<file_id>")
    def file(self, token: str, file_id: str) -> ResponseReturnValue:
        return _secret(own_page.file(_place(token), file_id))

    @expose("/<token>/<slug>/", methods=["GET", "POST"])
    def act(self, token: str, slug: str) -> ResponseReturnValue:
        return _secret(own_page.act(_place(token), slug))


def _place(token: str) -> own_page.Place:
    """The pages of the link's report; from here on its holder acts. Raises NotFound."""
    holder = holder_of(token)
    report_id = linked_report_id(context.reading(), holder)
    context.act_as(holder)
    return own_page.Place(
        report_id,
        page=url_for("SecretLink.show", token=token),
        act=lambda slug: url_for("SecretLink.act", token=token, slug=slug),
        file=lambda file_id: url_for("SecretLink.file", token=token, file_id=file_id),
    )


def _secret(answer: ResponseReturnValue) -> Response:
    response = make_response(answer)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
