"""PENGATURAN > Peran & Izin: the matrix of roles, in words that need no manual."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from app.access.accounts.roles import RoleHeld, role, roles
from app.extensions import transaction
from app.rules.accounts.roles import ASKED, KEPT, Permission, Resource, Role, Verb, choosable, may_give
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.rules.text import key_of
from app.services.accounts import role_editing
from app.views.forms.model_view import ConfirmForm, ManageForm
from app.views.web import context
from app.views.web.downloads import tables_of
from app.views.web.language.marked_words import translated

THINGS: Mapping[Resource, str] = {
    Resource.REPORTS: N_("Laporan instansi sendiri dan di bawahnya"),
    Resource.VERIFICATION: N_("Laporan yang belum diverifikasi"),
    Resource.OWN_REPORTS: N_("Laporan yang dikirim sendiri"),
    Resource.STATISTICS: N_("Statistik"),
    Resource.USERS: N_("Pengguna"),
    Resource.AGENCIES: N_("Instansi"),
    Resource.ROLES: N_("Peran & Izin"),
    Resource.SETTINGS: N_("Pengaturan dan data acuan"),
    Resource.AUDIT: N_("Catatan audit"),
    Resource.ACCOUNT: N_("Akun sendiri"),
}
DEEDS: Mapping[Verb, str] = {
    Verb.READ: N_("Melihat"),
    Verb.WRITE: N_("Mengubah"),
    Verb.ACT: N_("Menangani"),
}


class RoleForm(ManageForm):
    name = StringField(_l("Nama peran"), validators=[Length(max=role_editing.NAME_MAX)])


class Roles(BaseView):
    route_base = "/pengaturan/peran"
    default_view = "list"
    class_permission_name = Resource.ROLES.value
    method_permission_name = {"list": "read", "new": "write", "edit": "write", "delete": "write"}

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        return self.render_template(
            "lapor/accounts/roles.html",
            roles=roles(context.reading()),
            files=tables_of("ListExports.take", listing="peran"),
            things=THINGS,
            deeds=DEEDS,
            asked=ASKED,
            may_write=context.actor().may(Resource.ROLES, Verb.WRITE),
        )

    @expose("/tambah", methods=["GET", "POST"])
    @has_access
    def new(self) -> ResponseReturnValue:
        """?salin= a role to begin with."""
        form, model = RoleForm(), role(context.reading(), _small(request.args.get("salin", "")))
        ticked = _ticked() if request.method == "POST" else model.permissions if model else frozenset()
        if request.method == "GET" and model is not None:
            form.name.data = _("Salinan %(name)s", name=_(model.name))
        if form.validate_on_submit():
            try:
                with transaction(context.actor()) as session:
                    role_editing.create(session, context.actor(), form.name.data or "", ticked, context.now())
                return _done(_("Peran %(name)s dibuat.", name=form.name.data))
            except Invalid as refused:
                form.take(refused)
        return self._page(_("Buat Peran"), form, None, ticked)

    @expose("/<pk>/ubah", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> ResponseReturnValue:
        held = _role(pk)
        form = RoleForm(data={"name": held.name})
        if held.built_in is not None:
            del form.name
        ticked = _ticked() if request.method == "POST" else held.permissions
        if form.validate_on_submit():
            name = form.name.data or "" if "name" in form else None
            try:
                with transaction(context.actor()) as session:
                    role_editing.change(session, context.actor(), held.id, name, ticked, context.now())
                return _done(_("Peran %(name)s disimpan dan langsung berlaku.", name=_(name or held.name)))
            except Invalid as refused:
                form.take(refused)
        return self._page(_("Ubah Peran %(name)s", name=_(held.name)), form, held, ticked)

    @expose("/<pk>/hapus", methods=["GET", "POST"])
    @has_access
    def delete(self, pk: str) -> ResponseReturnValue:
        held, form = _role(pk), ConfirmForm()
        refusal = role_editing.why_not_deleted(held)
        if form.validate_on_submit():
            try:
                with transaction(context.actor()) as session:
                    role_editing.delete(session, context.actor(), held.id, context.now())
                return _done(_("Peran %(name)s dihapus.", name=held.name))
            except Invalid as refused:
                form.take(refused)
        page = self.render_template(
            "lapor/accounts/role_delete.html",
            form=form,
            role=held,
            refusal=translated(refusal) if refusal else "",
        )
        return page, 422 if request.method == "POST" else 200

    def _page(
        self, title: str, form: Any, held: RoleHeld | None, ticked: frozenset[Permission]
    ) -> ResponseReturnValue:
        page = self.render_template(
            "lapor/accounts/role.html",
            title=title,
            form=form,
            role=held,
            ticked=ticked,
            choosable=_offered(held),
            kept=KEPT.get(held.built_in, frozenset()) if held and held.built_in else frozenset(),
            things=THINGS,
            deeds=DEEDS,
            things_of=things_of,
            note=_note(held),
        )
        return page, 422 if request.method == "POST" else 200


def _offered(held: RoleHeld | None) -> frozenset[Permission]:
    """The ticks that a page shows: what the reader may give, and what the role has already."""
    possible, mine = choosable(held.name) if held else ASKED, context.actor().permissions
    given = frozenset(pair for pair in possible if may_give(mine, (pair,)))
    return given | held.permissions if held else given


def things_of(thing: Resource, pairs: frozenset[Permission]) -> bool:
    """Whether any of these permissions is about `thing`."""
    return any(resource is thing for resource, _verb in pairs)


def _note(held: RoleHeld | None) -> str:
    """What is special about a role, in words."""
    if held is None or held.built_in is None:
        return ""
    if held.built_in is Role.CENTRAL:
        return _(
            "Izin yang terkunci selalu dimiliki Admin Pusat, supaya selalu ada yang dapat mengatur sistem."
        )
    return _("Izin yang tidak ditampilkan tidak dapat diberikan kepada peran ini.")


def _role(pk: str) -> RoleHeld:
    return role(context.reading(), _small(pk)) or abort(404)


def _small(pk: str) -> int | None:
    """A key that the table's column can hold."""
    key = key_of(pk)
    return key if key is not None and key < 2**31 else None


def _ticked() -> frozenset[Permission]:
    """The permissions that were sent; names of others are ignored."""
    known = {f"{resource.value}:{verb.value}": (resource, verb) for resource, verb in ASKED}
    return frozenset(known[raw] for raw in request.form.getlist("permission") if raw in known)


def _done(said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("Roles.list"), 303)
