"""PENGATURAN > Manajemen Instansi (manual 6.11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import EmailInput, TelInput, URLInput

from app.access.management import manageable_agencies, sizes
from app.models import Agency
from app.rules.labels import N_, Zone
from app.rules.roles import Resource, Verb
from app.rules.text import SHORT_MAX, key_of
from app.services import agencies
from app.views import context
from app.views.fab import Link, ManageForm, ScopedModelView
from app.views.fab_data import ActorFilter, ScopedInterface
from app.views.i18n import word
from app.views.manage import YES, agency_choices, asked_agency, code_choices, status, status_choices, text_of

PROFILE = ("name", "alias", "email", "website", "phone", "address")


class AgencyForm(ManageForm):
    """For a new agency, which has a parent, and for one that is there, which has a status."""

    parent = SelectField(_l("Induk Instansi"), validate_choice=False)
    name = StringField(_l("Nama Instansi"), validators=[DataRequired(), Length(max=SHORT_MAX)])
    alias = StringField(_l("Alias"), validators=[Length(max=SHORT_MAX)])
    email = StringField(_l("Email"), validators=[Length(max=SHORT_MAX)], widget=EmailInput())
    website = StringField(_l("Website"), validators=[Length(max=SHORT_MAX)], widget=URLInput())
    phone = StringField(_l("Telepon"), validators=[Length(max=SHORT_MAX)], widget=TelInput())
    address = StringField(_l("Alamat"), validators=[Length(max=SHORT_MAX)])
    zone = SelectField(_l("Zona waktu"), validate_choice=False)
    active = SelectField(_l("Status"), validate_choice=False)

    def prepare(self, row: Agency | None) -> None:
        self.zone.choices = code_choices(Zone)
        if row is None:
            self.parent.choices = agency_choices(key_of(self.parent.data))
            del self.active
            return
        del self.parent
        self.active.choices = status_choices()
        if row.id == context.actor().agency_id:
            del self.active

    def profile(self) -> agencies.Profile:
        zone = self.zone.data
        texts = {name: self[name].data or "" for name in PROFILE}
        return agencies.Profile(**texts, zone=Zone(zone) if zone in set(Zone) else None)


class AgencyView(ScopedModelView):
    datamodel = ScopedInterface(Agency)
    route_base = "/pengaturan/instansi"
    class_permission_name = Resource.AGENCIES.value
    base_filters = [["id", ActorFilter, manageable_agencies]]
    base_order = ("name", "asc")
    list_columns = ["name", "admins", "children", "active", "address", "phone"]
    search_columns = ["name", "alias"]
    order_columns = ["name"]
    label_columns = {
        "name": _l("Nama"),
        "alias": _l("Alias"),
        "admins": _l("Jumlah Admin"),
        "children": _l("Jumlah Instansi"),
        "active": _l("Status"),
        "address": _l("Alamat"),
        "phone": _l("Telp"),
    }
    add_form = edit_form = AgencyForm
    list_title = _l("Manajemen Instansi")
    add_title, add_label = _l("Buat Instansi"), _l("BUAT INSTANSI")
    edit_title = _l("Ubah Instansi")
    delete_title = _l("Nonaktifkan Instansi")
    delete_question = N_(
        "%(name)s tidak akan ditawarkan lagi di mana pun; riwayatnya tetap tersimpan. Anda yakin?"
    )
    empty_message = _l("Tidak ada instansi yang cocok. Coba kata lain, atau kosongkan pencarian.")

    def name_of(self, row: Agency) -> str:
        return row.name

    def may_delete(self, row: Agency) -> bool:
        return row.id != context.actor().agency_id

    def initial(self, row: Agency | None) -> Mapping[str, Any]:
        if row is None:
            parent = asked_agency("induk")
            return {"parent": str(parent or ""), "zone": context.actor().zone.value}
        shown = {name: getattr(row, name) for name in PROFILE}
        return {**shown, "zone": row.zone.value, "active": YES if row.active else ""}

    def present(self, session: Session, rows: Sequence[Agency]) -> list[Mapping[str, str]]:
        size = sizes(session, [row.id for row in rows])
        return [
            {
                "name": row.name,
                "admins": str(size[row.id].admins),
                "children": str(size[row.id].children),
                "active": status(row.active),
                "address": row.address,
                "phone": row.phone,
            }
            for row in rows
        ]

    def facts(self, session: Session, row: Agency) -> Sequence[tuple[str, str]]:
        size = sizes(session, [row.id])[row.id]
        return [
            (_("Nama Instansi"), row.name),
            (_("Alias"), text_of(row.alias)),
            (_("Email"), text_of(row.email)),
            (_("Website"), text_of(row.website)),
            (_("Telepon"), text_of(row.phone)),
            (_("Alamat"), text_of(row.address)),
            (_("Zona waktu"), word(row.zone)),
            (_("Status"), status(row.active)),
            (_("Jumlah Admin"), str(size.admins)),
            (_("Jumlah Instansi"), str(size.children)),
        ]

    def create(self, session: Session, form: AgencyForm) -> str:
        made = agencies.enter(
            session, context.actor(), key_of(form.parent.data), form.profile(), context.now()
        )
        return _("Instansi %(name)s dibuat.", name=made.name)

    def change(self, session: Session, key: int, form: AgencyForm) -> str:
        active = form.active.data == YES if "active" in form else None
        changed = agencies.update(session, context.actor(), key, form.profile(), active=active)
        return _("Data instansi %(name)s disimpan.", name=changed.name)

    def remove(self, session: Session, key: int) -> str:
        gone = agencies.deactivate(session, context.actor(), key)
        return _("Instansi %(name)s dinonaktifkan.", name=gone.name)

    def _links(self, row: Agency, *, shown: bool = False) -> Sequence[Link]:
        links = list(super()._links(row, shown=shown))
        actor = context.actor()
        if row.active and self.may("add"):
            links.append(Link(_("INSTANSI INTERNAL"), url_for("AgencyView.add", induk=row.id)))
        if shown and row.active and actor.may(Resource.USERS, Verb.WRITE):
            links.append(Link(_("TAMBAH ADMIN"), url_for("UserView.add", instansi=row.id)))
        return links
