"""PENGATURAN > Mitra API: the programs that may call, their scopes, and a secret that is shown once."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import NumberInput

from app.access.channels.api_clients import client, clients
from app.extensions import transaction
from app.models import ApiClient
from app.rules.accounts.roles import Resource, Verb
from app.rules.channels import api
from app.rules.channels.api import KIND_WORDS, SCOPES, ClientKind, Scope
from app.rules.errors import Invalid
from app.rules.text import SHORT_MAX, key_of
from app.services.channels import api_clients
from app.services.channels.api_clients import ClientFacts
from app.views.forms.central_view import number_of
from app.views.forms.choices import status
from app.views.forms.model_view import ConfirmForm, ManageForm
from app.views.web import context
from app.views.web.downloads import tables_of

ADDRESSES_LENGTH = 4_000


class ClientForm(ManageForm):
    name = StringField(_l("Nama"), validators=[Length(max=SHORT_MAX * 2)])
    kind = SelectField(_l("Jenis"), validate_choice=False)
    redirect_uris = TextAreaField(
        _l("Alamat kembali aplikasi, satu pada setiap baris"), validators=[Length(max=ADDRESSES_LENGTH)]
    )
    per_minute = StringField(
        _l("Panggilan paling banyak dalam satu menit"),
        validators=[Length(max=9)],
        widget=NumberInput(min=1),
    )

    def facts(self) -> ClientFacts:
        return ClientFacts(
            name=self.name.data or "",
            scopes=api.known(request.form.getlist("scope")),
            redirect_uris=tuple((self.redirect_uris.data or "").splitlines()) if self.redirect_uris else (),
            per_minute=number_of(self.per_minute.data),
        )


class ApiClients(BaseView):
    route_base = "/pengaturan/mitra"
    default_view = "list"
    class_permission_name = Resource.SETTINGS.value
    method_permission_name = {
        "list": "read",
        "new": "write",
        "edit": "write",
        "renew": "write",
        "switch": "write",
    }

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        return self.render_template(
            "lapor/channels/api_clients.html",
            clients=clients(context.reading()),
            files=tables_of("ListExports.take", listing="mitra-api"),
            kinds=KIND_WORDS,
            scopes=SCOPES,
            status=status,
            may_write=context.actor().may(Resource.SETTINGS, Verb.WRITE),
        )

    @expose("/tambah", methods=["GET", "POST"])
    @has_access
    def new(self) -> ResponseReturnValue:
        form = ClientForm(data={"per_minute": str(api.PER_MINUTE)})
        form.kind.choices = [
            ("", _("Pilih jenis")),
            *((k.value, _(words)) for k, words in KIND_WORDS.items()),
        ]
        if form.validate_on_submit():
            raw = form.kind.data
            kind = ClientKind(raw) if raw in set(ClientKind) else None
            try:
                with transaction(context.actor()) as session:
                    made, secret = api_clients.create(
                        session, context.actor(), kind, form.facts(), context.now()
                    )
                    said = _("Mitra %(name)s dibuat.", name=made.name)
                return self._made(made.id, secret, said)
            except Invalid as refused:
                form.take(refused)
        return self._page(_("Tambah Mitra API"), form, None, tuple(Scope))

    @expose("/<pk>/ubah", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> ResponseReturnValue:
        row = _client(pk)
        form = ClientForm(
            data={
                "name": row.name,
                "redirect_uris": "\n".join(row.redirect_uris),
                "per_minute": str(row.per_minute),
            }
        )
        del form.kind
        kind = ClientKind(row.kind)
        if kind is ClientKind.PARTNER:
            del form.redirect_uris
        if form.validate_on_submit():
            try:
                with transaction(context.actor()) as session:
                    api_clients.change(session, context.actor(), row.id, form.facts(), context.now())
                return _done(_("Mitra %(name)s disimpan dan langsung berlaku.", name=form.name.data))
            except Invalid as refused:
                form.take(refused)
        return self._page(_("Ubah Mitra API"), form, row, api.for_kind(kind))

    @expose("/<pk>/kunci", methods=["GET", "POST"])
    @has_access
    def renew(self, pk: str) -> ResponseReturnValue:
        """A new secret for a partner; an app has none."""
        row, form = _client(pk), ConfirmForm()
        if row.secret_hash is None:
            abort(404)
        if form.validate_on_submit():
            with transaction(context.actor()) as session:
                renewed, secret = api_clients.rotate(session, context.actor(), row.id, context.now())
                said = _("Mitra %(name)s mendapat kunci baru.", name=renewed.name)
            return self._made(row.id, secret, said)
        question = _("Kunci lama dan semua token mitra ini langsung tidak berlaku. Anda yakin?")
        return self._ask(_("Buat Kunci Baru"), form, row, question, _("BUAT KUNCI BARU"))

    @expose("/<pk>/status", methods=["GET", "POST"])
    @has_access
    def switch(self, pk: str) -> ResponseReturnValue:
        """Deactivate, or activate again."""
        row, form = _client(pk), ConfirmForm()
        active = not row.active

        def do(session: Session) -> ApiClient:
            return api_clients.set_active(session, context.actor(), row.id, context.now(), active=active)

        if form.validate_on_submit():
            with transaction(context.actor()) as session:
                name = do(session).name
            said = _("Mitra %(name)s diaktifkan.", name=name)
            return _done(said if active else _("Mitra %(name)s dinonaktifkan.", name=name))
        if active:
            question = _("Mitra ini dapat meminta token lagi. Anda yakin?")
            return self._ask(_("Aktifkan Mitra"), form, row, question, _("AKTIFKAN"))
        question = _("Semua token mitra ini langsung tidak berlaku. Anda yakin?")
        return self._ask(_("Nonaktifkan Mitra"), form, row, question, _("NONAKTIFKAN"))

    def _made(self, key: int, secret: str, said: str) -> ResponseReturnValue:
        """The one page on which a secret is read; an app has nothing to be read there."""
        if not secret:
            return _done(said)
        row = _client(str(key))
        return self.render_template(
            "lapor/channels/api_client_secret.html", client=row, secret=secret, said=said
        )

    def _page(
        self, title: str, form: ClientForm, row: ApiClient | None, offered: tuple[Scope, ...]
    ) -> ResponseReturnValue:
        posted = request.method == "POST"
        ticked = api.known(request.form.getlist("scope")) if posted else api.known(row.scopes if row else ())
        page = self.render_template(
            "lapor/channels/api_client.html",
            title=title,
            form=form,
            client=row,
            kinds=KIND_WORDS,
            scopes={scope: SCOPES[scope] for scope in offered},
            ticked=ticked,
        )
        return page, 422 if posted else 200

    def _ask(
        self, title: str, form: ConfirmForm, row: ApiClient, question: str, button: str
    ) -> ResponseReturnValue:
        page = self.render_template(
            "lapor/channels/api_client_confirm.html",
            title=title,
            form=form,
            client=row,
            question=question,
            button=button,
        )
        return page, 422 if form.is_submitted() else 200


def _client(pk: str) -> ApiClient:
    return client(context.reading(), key_of(pk)) or abort(404)


def _done(said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("ApiClients.list"), 303)
