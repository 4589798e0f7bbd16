"""PENGATURAN > Pengaturan Sistem: the few settings that a central admin changes while the system runs."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length
from wtforms.widgets import NumberInput

from app.extensions import present_settings, transaction
from app.rules.accounts.roles import Resource
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.rules.system.settings import RUNTIME
from app.services.system.settings import change
from app.views.forms.model_view import ManageForm
from app.views.web import context

FIRST_PASSWORDS = {
    "link": N_("Tautan sekali pakai untuk membuat kata sandi"),
    "mail": N_("Kata sandi awal yang harus diganti"),
}


class SystemForm(ManageForm):
    attachment_max_mb = StringField(
        _l("Ukuran satu lampiran paling besar (MB)"), validators=[Length(max=9)], widget=NumberInput(min=1)
    )
    attachments_max_count = StringField(
        _l("Jumlah lampiran paling banyak dalam satu kiriman"),
        validators=[Length(max=9)],
        widget=NumberInput(min=1),
    )
    first_password = SelectField(_l("Surat untuk admin baru berisi"), validate_choice=False)


class SystemSettings(BaseView):
    route_base = "/pengaturan/sistem"
    default_view = "edit"
    class_permission_name = Resource.SETTINGS.value
    method_permission_name = {"edit": "write"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    def edit(self) -> ResponseReturnValue:
        settings = present_settings(context.reading())
        present = {name: getattr(settings, name) for name in RUNTIME}
        form = SystemForm(data={name: str(value) for name, value in present.items()})
        form.first_password.choices = [(code, _(words)) for code, words in FIRST_PASSWORDS.items()]
        refused_form = False
        if form.is_submitted():
            refused_form = not form.validate()
            if not refused_form:
                values = {name: form[name].data or "" for name in RUNTIME}
                try:
                    with transaction(context.actor()) as session:
                        change(session, context.actor(), values, present, context.now())
                    flash(_("Pengaturan disimpan dan langsung berlaku."), "success")
                    return redirect(url_for("SystemSettings.edit"), 303)
                except Invalid as refused:
                    form.take(refused)
                    refused_form = True
        return self.render_template("lapor/system/system.html", form=form), 422 if refused_form else 200
