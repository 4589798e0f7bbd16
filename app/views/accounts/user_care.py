"""What a manager does about somebody's way in: lift a lock, write once more, have the owner written to about a
lost second step, take an invitation back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.extensions import transaction
from app.models import Account
from app.rules.accounts.roles import Resource
from app.rules.errors import Forbidden, NotFound
from app.rules.labels import N_
from app.rules.text import key_of
from app.services.accounts import invitations, people, people_care, sign_in
from app.views.forms.model_data import INTEGER_MAX
from app.views.forms.model_view import ConfirmForm
from app.views.web import context


def _needs_unlock(account: Account) -> bool:
    return sign_in.locked(account, context.now())


def _has_second_step(account: Account) -> bool:
    return bool(account.totp_nonce) and account.id != context.actor().user_id


@dataclass(frozen=True)
class Care:
    """One thing to do about an account: when it is offered, what is asked, done, and said."""

    endpoint: str
    label: str
    offered: Callable[[Account], bool]
    question: str
    do: Callable[..., Account]
    said: str


UNLOCK = Care(
    "UserCare.unlock",
    N_("BUKA KUNCI"),
    _needs_unlock,
    N_("%(name)s dapat mencoba masuk lagi sekarang juga. Lanjutkan?"),
    people_care.unlock,
    N_("Kunci akun %(name)s dibuka."),
)
INVITE = Care(
    "UserCare.invite",
    N_("KIRIM ULANG SURAT"),
    people_care.waiting,
    N_("Surat untuk masuk pertama kali dikirim lagi kepada %(name)s; tautan yang lama tidak berlaku lagi."),
    people_care.invite_again,
    N_("Surat untuk %(name)s dimasukkan ke antrean."),
)
RESET = Care(
    "UserCare.reset",
    N_("ATUR ULANG VERIFIKASI DUA LANGKAH"),
    _has_second_step,
    N_(
        "Surat dengan tautan dikirim kepada %(name)s. Verifikasi dua langkahnya baru dilepas setelah ia membuka tautan itu dan menulis kata sandinya; sampai saat itu tidak ada yang berubah."
    ),
    people_care.reset_second_step,
    N_("Surat untuk %(name)s dimasukkan ke antrean. Verifikasi dua langkahnya belum berubah."),
)
CARES = (UNLOCK, INVITE, RESET)


class UserCare(BaseView):
    route_base = "/pengaturan/pengguna"
    default_view = "unlock"
    class_permission_name = Resource.USERS.value
    method_permission_name = {"unlock": "write", "invite": "write", "reset": "write", "withdraw": "write"}

    @expose("/<pk>/buka-kunci", methods=["GET", "POST"])
    @has_access
    def unlock(self, pk: str) -> ResponseReturnValue:
        return self._serve(UNLOCK, pk)

    @expose("/<pk>/kirim-ulang", methods=["GET", "POST"])
    @has_access
    def invite(self, pk: str) -> ResponseReturnValue:
        return self._serve(INVITE, pk)

    @expose("/<pk>/atur-ulang-verifikasi", methods=["GET", "POST"])
    @has_access
    def reset(self, pk: str) -> ResponseReturnValue:
        return self._serve(RESET, pk)

    @expose("/undangan/<pk>/batalkan", methods=["GET", "POST"])
    @has_access
    def withdraw(self, pk: str) -> ResponseReturnValue:
        """An invitation that was not answered yet is taken back."""
        key, form, actor, now = key_of(pk), ConfirmForm(), context.actor(), context.now()
        waiting = {link.id: link for link in invitations.waiting(context.reading(), actor, now)}
        if key is None or (link := waiting.get(key)) is None or link.agency is None:
            raise NotFound
        name, agency = link.account.get_full_name(), link.agency.name
        if not form.validate_on_submit():
            return self.render_template(
                "lapor/forms/confirm.html",
                form=form,
                title=_("Batalkan undangan"),
                question=_(
                    "Undangan untuk %(name)s menjadi admin %(agency)s dibatalkan; tautan di suratnya tidak berlaku lagi.",
                    name=name,
                    agency=agency,
                ),
                button=_("BATALKAN UNDANGAN"),
                back=url_for("UserView.list"),
            )
        with transaction(actor) as session:
            invitations.withdraw(session, actor, key, now)
        flash(_("Undangan untuk %(name)s dibatalkan.", name=name), "success")
        return redirect(url_for("UserView.list"), 303)

    def _serve(self, care: Care, pk: str) -> ResponseReturnValue:
        """Ask, then do it. Raises NotFound for a foreign account, Forbidden where it is not offered."""
        key = key_of(pk)
        if key is None or key > INTEGER_MAX:
            raise NotFound
        account = people.managed(context.reading(), context.actor(), key)
        if not care.offered(account):
            raise Forbidden
        name, form = account.get_full_name(), ConfirmForm()
        if not form.validate_on_submit():
            return self.render_template(
                "lapor/forms/confirm.html",
                form=form,
                title=_(care.label).capitalize(),
                question=_(care.question, name=name),
                button=_(care.label),
                back=url_for("UserView.show", pk=key),
            )
        with transaction(context.actor()) as session:
            _do(care, session, key)
        flash(_(care.said, name=name), "success")
        return redirect(url_for("UserView.show", pk=key), 303)


def _do(care: Care, session: Session, key: int) -> None:
    care.do(session, context.actor(), key, context.now())
