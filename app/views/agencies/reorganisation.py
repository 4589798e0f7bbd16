"""Pindahkan, Gabungkan, Bubarkan an agency: form, preview with numbers, then a yes; and the list of them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from app.access.agencies.handover import HandedOver, handed_over_by, handing_of
from app.access.agencies.line_change import agency_names, line_change
from app.access.agencies.management import managed_agency
from app.access.agencies.reorganisations import cancellable, get_reorganisation, reorganisations
from app.access.choices import Among
from app.access.tree_lock import Busy
from app.extensions import transaction
from app.models import Agency, Reorganisation
from app.rules.accounts.roles import Resource
from app.rules.agencies.reorganisation import (
    KIND_WORDS,
    PAST_DAY,
    STAGE_WORDS,
    ReorganisationKind,
    Stage,
    begins_at,
    is_past,
    may_reorganise,
)
from app.rules.errors import Invalid
from app.rules.figures.exports import ExportForm
from app.rules.labels import N_
from app.rules.text import key_of
from app.rules.zones import Zone
from app.services.agencies import reorganisation
from app.services.idempotency import KEY_MAX
from app.views.agencies.handover_files import handover_file
from app.views.forms.agency_fields import PlaceField
from app.views.forms.model_view import ConfirmForm, ManageForm
from app.views.web import context
from app.views.web.language.i18n import long_date, moment

# By the word of the address: what is done, and what the menu calls it.
WAYS: Mapping[str, tuple[ReorganisationKind, str]] = {
    "pindahkan": (ReorganisationKind.MOVE, N_("Pindahkan")),
    "gabungkan": (ReorganisationKind.MERGE, N_("Gabungkan")),
    "bubarkan": (ReorganisationKind.DISSOLVE, N_("Bubarkan")),
}
TARGET_WORDS = {
    ReorganisationKind.MOVE: _l("Induk baru"),
    ReorganisationKind.MERGE: _l("Digabungkan ke dalam"),
}
BAD_DAY = N_("Tulis tanggal yang ada, misalnya 31-12-2026.")
STAGE_TONES = {Stage.PLANNED: "near", Stage.RUNNING: "near", Stage.DONE: "done", Stage.CANCELLED: "plain"}


class MovingForm(ManageForm):
    target = PlaceField(_l("Induk baru"))
    day = StringField(_l("Mulai berlaku"))
    key = HiddenField()

    def begins(self, zone: Zone) -> date | None:
        """The day in `zone`; None for at once. Raises Invalid."""
        text = (self.day.data or "").strip()
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError as error:
            raise Invalid({"day": BAD_DAY}) from error
        if is_past(day, zone, context.now()):
            raise Invalid({"day": PAST_DAY})
        return day


class Moving(BaseView):
    route_base = "/pengaturan/instansi"
    default_view = "ask"
    class_permission_name = Resource.AGENCIES.value
    method_permission_name = {"ask": "write"}

    @expose("/<pk>/<any(pindahkan,gabungkan,bubarkan):how>", methods=["GET", "POST"])
    @has_access
    def ask(self, pk: str, how: str) -> ResponseReturnValue:
        """First the form, then what it would do, and with `confirmed` it is done."""
        kind, session, actor = WAYS[how][0], context.reading(), context.actor()
        agency = managed_agency(session, actor, key_of(pk)) or abort(404)
        if not may_reorganise(actor.permissions, actor.roles) or agency.id == actor.agency_id:
            abort(403)
        form = MovingForm()
        if kind is ReorganisationKind.DISSOLVE:
            del form.target
        else:
            form.target.label.text = TARGET_WORDS[kind]
            form.target.among = _where(kind, agency)
        if request.method == "GET":
            form.key.data = secrets.token_urlsafe(16)
            return self._form(form, how, agency), 200
        if not form.validate() or not form.settle(session):
            return self._form(form, how, agency), 422
        target_id = form.target.agency_id if "target" in form else None
        key = agency.id
        try:
            day = form.begins(agency.zone)
            if request.form.get("confirmed"):
                return _done(kind, key, target_id, day, (form.key.data or "")[:KEY_MAX])
            looked = reorganisation.preview(session, actor, kind, key, target_id)
        except Invalid as refused:
            form.take(refused)
        except Busy as busy:
            form.form_errors.append(_(busy.message))
        else:
            return self._preview(form, how, looked, day), 200
        agency = managed_agency(context.reading(), actor, key) or abort(404)
        return self._form(form, how, agency), 422

    def _form(self, form: MovingForm, how: str, agency: Agency) -> str:
        kind = WAYS[how][0]
        page: str = self.render_template(
            "lapor/agencies/moving.html", title=_(KIND_WORDS[kind]), form=form, agency=agency, kind=kind.value
        )
        return page

    def _preview(self, form: MovingForm, how: str, looked: reorganisation.Preview, day: date | None) -> str:
        now = context.now()
        later = day is not None and begins_at(day, looked.agency.zone, now) > now  # today is at once
        page: str = self.render_template(
            "lapor/agencies/moving_preview.html",
            title=_(KIND_WORDS[looked.kind]),
            button=_(WAYS[how][1]).upper(),
            form=form,
            looked=looked,
            kind=looked.kind.value,
            line=line_change(context.reading(), looked.agency.id, looked.target.id),
            day=long_date(day) if day is not None and later else "",
        )
        return page


def _where(kind: ReorganisationKind, agency: Agency) -> Among:
    """Below one's own agency; a new parent lies outside of what moves."""
    own = context.actor().agency_id
    return Among(within=own, outside=agency.id) if kind is ReorganisationKind.MOVE else Among(within=own)


def _done(
    kind: ReorganisationKind, agency_id: int, target_id: int | None, day: date | None, key: str
) -> ResponseReturnValue:
    actor = context.actor()
    with transaction(actor) as session:
        asked = reorganisation.ask(
            session, actor, kind, agency_id, target_id, context.now(), day=day, key=key
        )
        planned = asked is not None and asked.stage is Stage.PLANNED
    if asked is None:
        flash(_("Penataan ini sudah tercatat."), "info")
    elif planned:
        flash(_("Penataan direncanakan. Sebelum hari itu masih dapat dibatalkan."), "success")
    else:
        flash(_("Susunan instansi sudah berubah. Laporan menyusul; kemajuannya terlihat di sini."), "success")
    return redirect(url_for("Reorganisations.list"), 303)


class Reorganisations(BaseView):
    route_base = "/pengaturan/perubahan-struktur"
    default_view = "list"
    class_permission_name = Resource.AGENCIES.value
    method_permission_name = {"list": "read", "cancel": "write", "handover": "read"}

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        session, actor = context.reading(), context.actor()
        found = reorganisations(session, actor)
        names = agency_names(
            session,
            {key for each in found for key in (each.agency_id, each.target_id, each.former_parent_id)},
        )
        return self.render_template(
            "lapor/agencies/reorganisations.html",
            rows=found,
            names=names,
            kinds={kind: _(words) for kind, words in KIND_WORDS.items()},
            stages={stage: _(words) for stage, words in STAGE_WORDS.items()},
            tones=STAGE_TONES,
            running=any(each.stage is Stage.RUNNING for each in found),
            cancellable=cancellable(session, actor, found),
        )

    @expose("/<pk>/batalkan", methods=["GET", "POST"])
    @has_access
    def cancel(self, pk: str) -> ResponseReturnValue:
        session, actor = context.reading(), context.actor()
        found = get_reorganisation(session, actor, key_of(pk))
        if found.id not in cancellable(session, actor, [found]):
            abort(403)
        key, names = found.id, agency_names(session, {found.agency_id})
        form = ConfirmForm()
        if form.validate_on_submit():
            with transaction(actor) as writing:
                reorganisation.cancel(writing, actor, key, context.now())
            flash(_("Penataan dibatalkan."), "success")
            return redirect(url_for("Reorganisations.list"), 303)
        return self.render_template(
            "lapor/agencies/reorganisation_cancel.html",
            form=form,
            what=_(KIND_WORDS[found.kind]),
            agency=names[found.agency_id],
            day=moment(found.effective_at),
        )

    @expose("/<pk>/serah-terima.<any(csv,xlsx,pdf):form>")
    @has_access
    def handover(self, pk: str, form: str) -> ResponseReturnValue:
        """The open reports that it concerns, of those that the reader sees."""
        session, actor = context.reading(), context.actor()
        found = get_reorganisation(session, actor, key_of(pk))
        what = handing_of(found)

        def read(after: int, limit: int) -> Sequence[HandedOver]:
            return handed_over_by(session, actor, what, after=after, limit=limit)

        names = agency_names(session, {found.agency_id, found.target_id, found.former_parent_id})
        return handover_file(
            ExportForm(form),
            f"serah-terima-{found.id}",
            _("Daftar serah terima"),
            _facts(found, names),
            names.get(found.former_parent_id, "")
            if found.kind is ReorganisationKind.MOVE
            else names[found.agency_id],
            read,
        )


def _facts(found: Reorganisation, names: Mapping[int | None, str]) -> list[tuple[str, str]]:
    return [
        (_("Penataan"), _(KIND_WORDS[found.kind])),
        (_("Instansi"), names[found.agency_id]),
        (_("Tujuan"), names[found.target_id]),
        (_("Berlaku"), moment(found.began_at or found.effective_at)),
        (_("Status"), _(STAGE_WORDS[found.stage])),
    ]
