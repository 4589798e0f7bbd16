"""Doors: what a secret token opens, without the token ever standing in an address.

A letter's link is /<word>/#TOKEN. The page of /<word>/ sends what stands behind the # at once (door.js),
or takes the link that somebody pastes; the token then lies in a signed cookie of that one address behind
the door, /<word>/<handle>, where the handle tells nothing: a report's number, or a keyed hash. Two links
in two tabs have two handles, and so two cookies. Links of before, with the token in the path, are
exchanged in the same way before anything is shown.

Every door stands in DOORS; its view has an `entrance` and pages `behind` it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError, validate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from wtforms import StringField, ValidationError

from app.access.citizens.own_reports import linked_report_id
from app.extensions import csrf
from app.rules.accounts.people import LinkPurpose
from app.rules.citizens.secret_links import is_token, token_in
from app.rules.errors import NotFound
from app.rules.labels import N_
from app.services.accounts.credentials import account_links, codes
from app.services.citizens.secret_links import holder_of
from app.views.web import context

HANDLE_LENGTH = 16
OPEN_FOR = timedelta(hours=12)  # without a look at it
DEAD = N_(
    "Tautan ini tidak berlaku lagi: sudah dipakai, sudah lewat waktunya, dimatikan, atau diganti oleh tautan yang lebih baru."
)
SHUT = N_("Halaman ini hanya terbuka dengan tautannya. Tempel tautan itu di sini.")
UNSENT = N_(
    "Tulisan Anda belum terkirim, karena halaman ini sudah tertutup. Buka lagi tautannya, lalu kembali ke halaman tadi dan kirim lagi."
)
EMPTY = N_("Tempel tautan atau kode dari pesan yang Anda terima.")
UNKNOWN = N_("Tautan ini tidak kami kenali atau tidak berlaku lagi. Tempel tautan yang lengkap.")


class Dead(NotFound):
    """The token behind the cookie opens nothing any more."""


class DoorForm(FlaskForm):
    token = StringField(_l("Tautan atau kode"))


@dataclass(frozen=True)
class Door:
    """What tokens of one kind open.

    word: first part of the addresses. page: the endpoint behind, which takes `handle`; entrance: where
    links lead, "" for a door that no letter leads to. find: the handle of a token; raises NotFound.
    title, said: words of the entrance. again, again_label: the endpoint where a new link is asked for.
    """

    word: str
    page: str
    entrance: str
    find: Callable[[Session, str, datetime], str]
    title: str = ""
    said: str = ""
    again: str = ""
    again_label: str = ""

    # Into the door.

    def go(self, token: str, handle: str = "", **query: Any) -> Response:
        """Lead to the page behind, with the token in its cookie. Raises NotFound for a token of nothing."""
        handle = handle or self.find(context.reading(), token, context.now())
        response = make_response(redirect(self._address(handle, **query), 303))
        return self._private(self._remember(response, handle, token))

    def enter(self) -> ResponseReturnValue:
        """The entrance: a small form, which a script sends by itself with what stands behind the #."""
        form = DoorForm()
        if not form.is_submitted():
            return self._entrance(form, 200)
        _check_csrf()
        token = token_in(form.token.data)
        try:
            return self.go(token) if token else self._refuse(form, EMPTY, 422)
        except NotFound:
            return self._refuse(form, UNKNOWN, 410)

    # Behind it.

    def behind(self, view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        """A view (self, token, handle, …) of what the door opens; its rule names the handle first.

        Browsers send no referrer with its forms, so Flask-WTF's look at it is left out; the form's own
        token is checked here, before the view.
        """
        csrf.exempt(f"{view.__module__}.{view.__name__}")

        @wraps(view)
        def opened(page: Any, handle: str, **named: Any) -> ResponseReturnValue:
            if is_token(handle):
                return self._exchange(handle, named)
            token = self._token(handle)
            if not token:
                return self._shut()
            if request.method == "POST":
                _check_csrf()
            try:
                response = make_response(view(page, token=token, handle=handle, **named))
            except Dead:
                return self.leave(self._refused(DEAD, 410), handle)
            if request.method == "GET" and response.status_code < 400:
                self._remember(response, handle, token)
            return self._private(response)

        return opened

    def leave(self, response: Response, handle: str) -> Response:
        """Forget the token of `handle` at this browser."""
        response.delete_cookie(
            self.cookie,
            path=self._address(handle),
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return self._private(response)

    @property
    def cookie(self) -> str:
        return str(current_app.config["LAPOR"].cookie_name(f"lapor-{self.word}", whole_site=False))

    def _exchange(self, token: str, named: dict[str, Any]) -> Response:
        """An address of before: on to the one without its token. What was sent with it is sent there."""
        try:
            handle = self.find(context.reading(), token_in(token), context.now())
        except NotFound:
            if not self.entrance:
                raise
            flash(_(DEAD), "warning")
            return self._private(make_response(redirect(url_for(self.entrance), 303)))
        assert request.endpoint is not None
        target = url_for(request.endpoint, handle=handle, **named)
        code = 303 if request.method in ("GET", "HEAD") else 307
        response = make_response(redirect(target, code))
        return self._private(self._remember(response, handle, token_in(token)))

    def _shut(self) -> Response:
        """The same for every handle: whether there is something behind is not told."""
        if not self.entrance:
            raise NotFound
        return self._refused(UNSENT if request.method == "POST" else SHUT, 404)

    def _refused(self, words: str, status: int) -> Response:
        if not self.entrance:
            raise NotFound
        return self._refuse(DoorForm(formdata=None), words, status)

    def _refuse(self, form: DoorForm, words: str, status: int) -> Response:
        form.token.errors = [_(words)]
        return self._entrance(form, status)

    def _entrance(self, form: DoorForm, status: int) -> Response:
        page = render_template("lapor/web/door.html", door=self, form=form, dead=status == 410)
        return self._private(make_response(page, status))

    # The cookie: signed, of one handle, of one address.

    def _signer(self, handle: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(_key(), salt=f"door:{self.word}:{handle}")

    def _token(self, handle: str) -> str:
        """The token that this browser has shown for `handle`; "" for none, or one of long ago."""
        kept = request.cookies.get(self.cookie, "")
        try:
            return str(self._signer(handle).loads(kept, max_age=int(OPEN_FOR.total_seconds())))
        except BadData:
            return ""

    def _remember(self, response: Response, handle: str, token: str) -> Response:
        response.set_cookie(
            self.cookie,
            self._signer(handle).dumps(token),
            path=self._address(handle),
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response

    def _address(self, handle: str, **query: Any) -> str:
        return url_for(self.page, handle=handle, **query)

    def _private(self, response: Response) -> Response:
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def entrance(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Marks the view of a door's entrance: Door.enter() checks the form's own token."""
    csrf.exempt(f"{view.__module__}.{view.__name__}")
    return view


def _check_csrf() -> None:
    """Raises CSRFError unless the form carries the token of this session."""
    if not current_app.config.get("WTF_CSRF_ENABLED", True):
        return
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError as wrong:
        raise CSRFError(str(wrong)) from wrong
    g.csrf_valid = True  # Flask-WTF's own mark: the view's form need not look again


def _key() -> str:
    return str(current_app.config["LAPOR"].key())


def _hashed(word: str, token: str) -> str:
    return hmac.digest(_key().encode(), f"handle:{word}:{token}".encode(), "sha256").hex()[:HANDLE_LENGTH]


def _report(session: Session, token: str, now: datetime) -> str:
    return str(linked_report_id(session, holder_of(token)))


def _code(session: Session, token: str, now: datetime) -> str:
    codes.find(session, token, now)
    return _hashed("kode", token)


def _mailed(word: str, *purposes: LinkPurpose) -> Callable[[Session, str, datetime], str]:
    def find(session: Session, token: str, now: datetime) -> str:
        if account_links.find(session, token, now, *purposes) is None:
            raise NotFound
        return _hashed(word, token)

    return find


SECRET_LINK = Door(
    "lacak",
    "SecretLink.show",
    "SecretLink.enter",
    _report,
    N_("Buka laporan Anda"),
    N_("Tautan rahasia laporan ada di surat yang Anda terima, dan di halaman setelah laporan terkirim."),
    "SecretLink.ask",
    N_("MINTA TAUTAN BARU"),
)
CODE = Door("kode", "Codes.show", "", _code)
PASSWORD = Door(
    "sandi",
    "MailedLinks.set_password",
    "MailedLinks.enter_password",
    _mailed("sandi", LinkPurpose.FIRST, LinkPurpose.FORGOTTEN),
    N_("Buat kata sandi"),
    N_("Tautan untuk membuat kata sandi ada di surat yang Anda terima."),
    "MailedLinks.ask",
    N_("MINTA TAUTAN BARU"),
)
EMAIL = Door(
    "email",
    "MailedLinks.confirm_email",
    "MailedLinks.enter_email",
    _mailed("email", LinkPurpose.EMAIL),
    N_("Ganti email"),
    N_("Tautan untuk memastikan alamat email ada di surat ke alamat yang baru."),
)
UNDO = Door(
    "batalkan",
    "MailedLinks.undo",
    "MailedLinks.enter_undo",
    _mailed("batalkan", LinkPurpose.UNDO),
    N_("Batalkan perubahan akun"),
    N_("Tautan untuk membatalkan perubahan ada di surat ke alamat sebelum diubah."),
    "MailedLinks.ask",
    N_("MINTA TAUTAN BARU"),
)
SECOND_STEP = Door(
    "lepas-verifikasi",
    "MailedLinks.recover",
    "MailedLinks.enter_second_step",
    _mailed("lepas-verifikasi", LinkPurpose.SECOND_STEP),
    N_("Lepas verifikasi dua langkah"),
    N_("Tautan untuk melepas verifikasi dua langkah ada di surat yang Anda terima."),
)
INVITATION = Door(
    "undangan",
    "MailedLinks.invitation",
    "MailedLinks.enter_invitation",
    _mailed("undangan", LinkPurpose.INVITATION),
    N_("Undangan menjadi admin"),
    N_("Tautan undangan ada di surat yang Anda terima."),
)
DOORS = (SECRET_LINK, CODE, PASSWORD, EMAIL, UNDO, SECOND_STEP, INVITATION)
