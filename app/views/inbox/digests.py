"""Surel ringkasan: which digests an officer, or their whole agency, wants."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.access.figures.monitoring import mutes_of
from app.extensions import transaction
from app.rules.accounts.roles import Resource, Verb
from app.rules.inbox.digests import Digest
from app.services.inbox import digests
from app.views.forms.model_view import ManageForm
from app.views.web import context
from app.views.web.layout import lies_under

MINE, AGENCYS = "mine", "agency"


class DigestForm(ManageForm):
    """A tick is a digest that is wanted."""

    mine_daily = BooleanField(_l("Laporan terlambat, setiap pagi hari kerja"))
    mine_weekly = BooleanField(_l("Unit di bawah instansi, setiap awal minggu"))
    agency_daily = BooleanField(_l("Laporan terlambat, setiap pagi hari kerja"))
    agency_weekly = BooleanField(_l("Unit di bawah instansi, setiap awal minggu"))

    def unticked(self, whose: str) -> frozenset[Digest]:
        return frozenset(each for each in Digest if not self[f"{whose}_{each.value}"].data)


class Digests(BaseView):
    route_base = "/monitor/surel-ringkasan"
    default_view = "edit"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"edit": "act"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    def edit(self) -> ResponseReturnValue:
        actor = context.actor()
        muted = dict(
            zip((MINE, AGENCYS), mutes_of(context.reading(), actor.user_id, actor.agency_id), strict=True)
        )
        form = DigestForm(
            data={
                f"{whose}_{each.value}": each not in digests_
                for whose, digests_ in muted.items()
                for each in Digest
            }
        )
        for_all = actor.may(Resource.AGENCIES, Verb.WRITE)
        if form.validate_on_submit():
            with transaction(actor) as session:
                digests.mute(
                    session,
                    actor,
                    form.unticked(MINE),
                    form.unticked(AGENCYS) if for_all else None,
                    context.now(),
                )
            flash(_("Pilihan surel ringkasan disimpan."), "success")
            return redirect(url_for("Monitoring.show"), 303)
        lies_under("Monitoring.show")
        return self.render_template("lapor/inbox/digests.html", form=form, for_all=for_all)
