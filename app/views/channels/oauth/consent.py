"""The page on which somebody lets an app act for them: after the ordinary sign-in, second step and all."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from authlib.oauth2 import OAuth2Error
from flask import Response, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.rules.channels import api
from app.rules.labels import N_
from app.services.accounts.credentials.passwords import stamp
from app.views.channels.oauth.server import Client, server
from app.views.channels.oauth.tokens import readable
from app.views.web import context

NOT_OURS = N_(
    "Permintaan dari aplikasi ini tidak dapat dibaca. Buka lagi aplikasinya, lalu coba masuk dari sana."
)
NOTHING_TO_GIVE = N_("Akun Anda tidak memiliki izin yang diminta aplikasi ini.")


class ConsentForm(FlaskForm):
    """Asks for a yes or a no: the button's name says which."""


class Consent(BaseView):
    route_base = "/oauth/izin"
    default_view = "ask"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {"ask": "write"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    def ask(self) -> ResponseReturnValue:
        try:
            grant = server.get_consent_grant(request, end_user=current_user) if readable() else None
        except OAuth2Error as error:
            # Where the app's own address is known, the app is told; nowhere else does a way lead.
            if error.redirect_uri:
                error.state = request.args.get("state")
                return redirect(dict(error()[2])["Location"])
            grant = None
        if grant is None:
            return _page(400, refusal=_(NOT_OURS))
        client: Client = grant.client
        given = api.allowed(
            api.known(grant.request.scope.split()), api.known(client.row.scopes), context.permissions()
        )
        if not given:
            return _page(403, client=client, refusal=_(NOTHING_TO_GIVE))
        g.form_target = _form_target(grant.redirect_uri)
        form = ConsentForm()
        if form.validate_on_submit():
            return self._decided(yes="izinkan" in request.form)
        status = 422 if form.is_submitted() else 200
        return _page(status, client=client, form=form, words=[api.SCOPES[scope].words for scope in given])

    def _decided(self, *, yes: bool) -> Response:
        account_id, g.account_permissions = current_user.id, context.permissions()
        mark = stamp(current_user)
        with transaction(context.actor()) as session:
            g.token_session = session
            grant = server.get_consent_grant(request, end_user=current_user)
            account = self.appbuilder.sm.get_user_by_id(account_id) if yes else None
            if account is not None and stamp(account) != mark:
                account = None  # what ends the session ends its yes: a new password came between
            answer: Response = server.create_authorization_response(request, account, grant=grant)
            g.token_session = None
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _form_target(redirect_uri: str) -> str:
    """The app's address as a content security policy names it: a host, or a scheme."""
    parts = urlsplit(redirect_uri)
    return f" {parts.scheme}://{parts.netloc}" if parts.scheme in ("https", "http") else f" {parts.scheme}:"


def _page(status: int, **more: Any) -> ResponseReturnValue:
    page = render_template("lapor/channels/consent.html", refusal=more.pop("refusal", ""), **more)
    return page, status, {"Cache-Control": "no-store"}
