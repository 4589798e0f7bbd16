"""TAMBAH ADMIN > Dari Pengguna Terdaftar (manual 6.10).

What is searched for is sent as a form, never in the address: addresses are kept in logs.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from app.access.accounts.citizen_search import SHOWN, FoundCitizen
from app.extensions import transaction
from app.rules.accounts.people import masked_email, masked_phone
from app.rules.accounts.roles import Resource, Role
from app.rules.errors import Invalid
from app.rules.text import SHORT_MAX, key_of, storable
from app.services.accounts import promoting
from app.views.accounts.users import role_choices, role_of
from app.views.forms.choices import agency_choices, asked_agency
from app.views.forms.model_view import ManageForm
from app.views.web import context


class PromotionForm(ManageForm):
    q = StringField(
        _l("Email atau nomor telepon lengkap, atau nama pelapor instansi Anda"),
        validators=[Length(max=SHORT_MAX)],
    )
    chosen = StringField()
    agency = SelectField(_l("Instansi"), validate_choice=False)
    role = SelectField(_l("Peran"), validate_choice=False)


class Promotion(BaseView):
    route_base = "/pengaturan/pengguna/dari-terdaftar"
    default_view = "show"
    class_permission_name = Resource.USERS.value
    method_permission_name = {"show": "write"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    def show(self) -> ResponseReturnValue:
        form = PromotionForm(data={"agency": str(asked_agency("instansi") or ""), "role": Role.OFFICER.name})
        form.agency.choices = agency_choices(key_of(form.agency.data))
        form.role.choices = role_choices()
        found: Sequence[FoundCitizen] = ()
        status = 200
        if form.is_submitted():
            status = 422
            if form.validate():
                try:
                    self._admit()
                    if request.form.get("do") == "promote":
                        return self._promote(form)
                    found, status = self._search(form), 200
                except Invalid as refused:
                    form.take(refused)
                    found = () if "q" in refused.errors else self._again(form)
        page = self.render_template(
            "lapor/accounts/promote.html",
            form=form,
            found=found,
            searched=status == 200 and form.is_submitted(),
            most=SHOWN,
            masked_email=masked_email,
            masked_phone=masked_phone,
        )
        return page, status

    def _admit(self) -> None:
        """Count a search or a choice. Raises Invalid at "q" for too many."""
        actor = context.actor()
        with transaction(actor) as session:
            refused = promoting.admit(session, actor, context.now())
        if refused:
            raise Invalid({"q": refused})

    def _search(self, form: PromotionForm) -> Sequence[FoundCitizen]:
        """Raises Invalid at "q" for what is neither a whole address nor a name."""
        actor, secret = context.actor(), current_app.config["LAPOR"].key()
        with transaction(actor) as session:
            return promoting.search(session, actor, storable(form.q.data or ""), context.now(), secret=secret)

    def _again(self, form: PromotionForm) -> Sequence[FoundCitizen]:
        """What was found, after a choice that was refused."""
        try:
            return self._search(form) if request.form.get("do") == "promote" else ()
        except Invalid:
            return ()

    def _promote(self, form: PromotionForm) -> ResponseReturnValue:
        actor, now, typed = context.actor(), context.now(), storable(form.q.data or "")
        secret = current_app.config["LAPOR"].key()
        with transaction(actor) as session:
            link = promoting.promote(
                session,
                actor,
                promoting.chosen(session, actor, typed, key_of(form.chosen.data), now, secret=secret),
                key_of(form.agency.data),
                role_of(form.role.data),
                now,
            )
            assert link.agency is not None  # an invitation names one
            said = _(
                "Undangan dikirim kepada %(name)s. Ia menjadi admin %(agency)s setelah menerimanya lewat tautan di surat itu.",
                name=link.account.get_full_name(),
                agency=link.agency.name,
            )
        flash(said, "success")
        return redirect(url_for("UserView.list"), 303)
