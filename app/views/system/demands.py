"""PENGATURAN > Keamanan Masuk: which roles must sign in with a second step."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.access.account_lookup import role_names
from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.services.accounts import second_step
from app.views.web import context


class Demands(BaseView):
    route_base = "/pengaturan/keamanan-masuk"
    default_view = "show"
    class_permission_name = Resource.SETTINGS.value
    method_permission_name = {"show": "write"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    def show(self) -> ResponseReturnValue:
        form, locked = FlaskForm(), current_app.config["LAPOR"].second_step_demanded
        if form.validate_on_submit():
            with transaction(context.actor()) as session:
                second_step.demand(
                    session, context.actor(), request.form.getlist("role"), context.now(), locked=locked
                )
            flash(_("Pengaturan disimpan."), "success")
            return redirect(url_for("Demands.show"), 303)
        session = context.reading()
        return self.render_template(
            "lapor/system/demands.html",
            form=form,
            roles=role_names(session),
            demanded=second_step.demands(session),
            locked={role.name for role in second_step.locked_roles(session)} if locked else frozenset(),
        )
