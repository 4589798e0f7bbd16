"""Akun saya > Aplikasi yang terhubung: which apps act for this account, and taking that back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.rules.channels.api import KIND_WORDS, SCOPES
from app.rules.errors import NotFound
from app.services.accounts.credentials import api_tokens
from app.services.accounts.credentials.api_tokens import AppConsent
from app.views.accounts.own_account import mine
from app.views.web import context
from app.views.web.language.i18n import moment


class OwnApps(BaseView):
    route_base = "/akun/aplikasi"
    default_view = "list"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {"list": "read", "withdraw": "write"}

    @expose("/")
    @has_access
    def list(self) -> str:
        return str(
            self.render_template(
                "lapor/accounts/own_apps.html", apps=_given(), scopes=SCOPES, kinds=KIND_WORDS, moment=moment
            )
        )

    @expose("/<int:key>/cabut", methods=["GET", "POST"])
    @has_access
    def withdraw(self, key: int) -> ResponseReturnValue:
        app = next((each.client for each in _given() if each.client.id == key), None)
        if app is None:
            raise NotFound
        form, name = FlaskForm(), app.name
        if form.validate_on_submit():
            with transaction(context.actor()) as session:
                api_tokens.withdraw(session, context.actor(), key, context.now())
            flash(_("Izin %(name)s dicabut.", name=name), "success")
            return redirect(url_for("OwnApps.list"), 303)
        return str(
            self.render_template(
                "lapor/forms/confirm.html",
                form=form,
                title=_("Cabut izin"),
                question=_(
                    "%(name)s tidak dapat lagi membaca atau mengirim apa pun atas nama Anda, sampai Anda "
                    "masuk lagi di aplikasi itu. Cabut izinnya?",
                    name=name,
                ),
                button=_("CABUT IZIN"),
                back=url_for("OwnApps.list"),
            )
        )


def _given() -> list[AppConsent]:
    """What the signed-in account has given; nobody else's."""
    return api_tokens.consents(context.reading(), mine(), context.now())
