"""The outer gate: every address is either listed as public or guarded by a permission.

A route that is neither answers 404 and is reported by name: forgetting to declare one shuts it.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.rules.labels import N_
from app.views.accounts import browsing

FIRST_PASSWORD = N_("Ganti dahulu kata sandi pertama Anda.")
ENDED = N_("Sesi Anda sudah berakhir. Masuk lagi untuk melanjutkan.")
KEPT = N_(
    "Sesi Anda sudah berakhir sebelum formulir ini terkirim. Isinya disimpan: masuk lagi dengan akun yang sama, "
    "lalu kirim."
)
PUBLIC_ENDPOINTS = frozenset(
    {
        "static",
        "healthz",
        "security_txt",
        "FrontPage.index",
        "FrontPage.about",
        "PublicFiling.file",
        "Codes.show",
        "Joining.join",
        "Joining.forgotten",
        "PublicStatistics.show",
        "PublicStatistics.table",
        "PublicStatistics.data",
        "SecretLink.enter",
        "SecretLink.show",
        "SecretLink.file",
        "SecretLink.act",
        "SecretLink.ask",
        "SecretLink.renew",
        "SecretLink.end",
        "SignIn.login",
        "SignIn.code",
        "SignIn.logout",
        "MailedLinks.ask",
        "MailedLinks.enter_password",
        "MailedLinks.set_password",
        "MailedLinks.enter_email",
        "MailedLinks.confirm_email",
        "MailedLinks.enter_undo",
        "MailedLinks.undo",
        "MailedLinks.enter_second_step",
        "MailedLinks.recover",
        "MailedLinks.enter_invitation",
        "MailedLinks.invitation",  # shows what is asked; the answer is the invited account's alone
        "Language.choose",
        "PublicReports.list",
        "PublicReports.show",
        "PublicReports.feed",
        "PublicReports.areas",
        "SmsGateway.take",  # signed by its gateway
        "TokenDesk.token",  # authenticated by the client's secret, or the code that it was given
        "TokenDesk.revoke",
        "Open311.services",
        "Open311.definition",
        "Open311.requests",
        "Open311.request",
        "Open311.file",  # with the api_key of a partner
        "Open311.token",
        "api-docs.openapi_json",
        "api.list_categories",
        "api.list_areas",
        "api.list_agencies",
        "api.list_archive_reasons",
    }
)


def guarded(view_function: Any) -> bool:
    """Whether Flask-AppBuilder's has_access guards this view function by a permission."""
    return hasattr(view_function, "_permission_name")


def asks_for_token(view_function: Any) -> bool:
    """Whether an operation of the API asks for a token with a scope itself (app/views/channels/api/operation.py)."""
    return bool(getattr(view_function, "api_scopes", ()))


def init_app(app: Flask) -> None:
    @app.before_request
    def admit() -> Any:
        endpoint = request.endpoint
        if endpoint is None or endpoint in PUBLIC_ENDPOINTS:
            return None
        if asks_for_token(current_app.view_functions[endpoint]):
            return None
        if not guarded(current_app.view_functions[endpoint]):
            current_app.logger.error("endpoint %s is neither public nor guarded: it stays shut", endpoint)
            abort(404)
        if not current_user.is_authenticated:
            return _to_sign_in()
        return _first_step(endpoint)


def _to_sign_in() -> Any:
    """To the sign-in page, and back to what was looked at; a form that was sent waits for its sender."""
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    if browsing.had_session():
        kept = request.method == "POST" and browsing.keep_unsent()
        flash(_(KEPT if kept else ENDED), "info")
        target = url_for("UnsentForms.show") if kept else target
    return redirect(url_for("SignIn.login", next=target))


def _first_step(endpoint: str) -> Any:
    """What somebody must do before anything else: replace a mailed password, set up a second step."""
    if current_user.must_change_password:
        wanted, why = "Account.password", FIRST_PASSWORD
    elif current_user.second_step_demanded and not current_user.totp_nonce:
        wanted, why = "Authenticator.enable", ""
    else:
        return None
    if endpoint == wanted:
        return None
    if why:
        flash(_(why), "info")
    return redirect(url_for(wanted))
