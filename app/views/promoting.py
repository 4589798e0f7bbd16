"""TAMBAH ADMIN > Dari Pengguna Terdaftar (manual 6.10).

What is searched for is sent as a form, never in the address: addresses are kept in logs.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from app.access.citizens import SHOWN
from app.extensions import transaction
from app.models import Account
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.rules.roles import Resource, Role
from app.rules.text import SHORT_MAX, key_of, storable
from app.services import promoting, tries
from app.views import context
from app.views.fab import ManageForm
from app.views.manage import agency_choices, asked_agency
from app.views.users import role_choices, role_of

TOO_OFTEN = N_("Terlalu banyak pencarian. Tunggu sepuluh menit, lalu coba lagi.")


class PromotionForm(ManageForm):
    q = StringField(
        _l("Masukkan kata kunci pencarian (nama, email, atau telp)"), validators=[Length(max=SHORT_MAX)]
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
        found: Sequence[Account] = ()
        status = 200
        if form.is_submitted():
            status = 422
            if form.validate():
                try:
                    if request.form.get("do") == "promote":
                        return self._promote(form)
                    found, status = self._search(form), 200
                except Invalid as refused:
                    form.take(refused)
                    found = self._again(form)
        page = self.render_template(
            "lapor/promote.html",
            form=form,
            found=found,
            searched=status == 200 and form.is_submitted(),
            most=SHOWN,
        )
        return page, status

    def _search(self, form: PromotionForm) -> Sequence[Account]:
        """Raises Invalid at "q" for too short a text and for too many searches."""
        actor, now = context.actor(), context.now()
        with transaction(actor) as session:
            within = tries.count(session, tries.CITIZEN_SEARCH, actor.user_id, now)
        if not within:
            raise Invalid({"q": TOO_OFTEN})
        with transaction(actor) as session:
            return promoting.search(session, actor, storable(form.q.data or ""), now)

    def _again(self, form: PromotionForm) -> Sequence[Account]:
        """What was found, after a choice that was refused."""
        try:
            return self._search(form) if request.form.get("do") == "promote" else ()
        except Invalid:
            return ()

    def _promote(self, form: PromotionForm) -> ResponseReturnValue:
        with transaction(context.actor()) as session:
            link = promoting.promote(
                session,
                context.actor(),
                key_of(form.chosen.data),
                key_of(form.agency.data),
                role_of(form.role.data),
                context.now(),
            )
            said = _(
                "Undangan dikirim kepada %(name)s. Ia menjadi admin %(agency)s setelah menerimanya lewat tautan di surat itu.",
                name=link.account.get_full_name(),
                agency=link.agency.name,
            )
        flash(said, "success")
        return redirect(url_for("UserView.list"), 303)
