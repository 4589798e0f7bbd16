"""PENGATURAN > Manajemen Instansi (manual 6.11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import EmailInput, TelInput, URLInput

from app.access.agencies.management import accounts_of, attached, manageable_agencies, sizes, units_of
from app.access.choices import Among, agency_options
from app.models import Account, Agency
from app.rules.accounts.roles import Resource, Verb
from app.rules.agencies.reorganisation import may_reorganise
from app.rules.labels import N_
from app.rules.text import SHORT_MAX, key_of
from app.rules.zones import Zone
from app.services.agencies import management
from app.views.agencies.reorganisation import WAYS
from app.views.forms.agency_fields import PlaceField
from app.views.forms.choices import YES, asked_agency, code_choices, status, status_choices, text_of
from app.views.forms.model_data import ActorFilter, ScopedInterface
from app.views.forms.model_view import ListColumn, ListRow, ManageForm, RowLink, ScopedModelView
from app.views.web import context
from app.views.web.language.i18n import moment, word

PEOPLE_MAX = 100  # accounts on an agency's page; the others are found in Manajemen Pengguna
PEOPLE_COLUMNS = {
    "name": N_("Nama"),
    "email": N_("Email"),
    "since": N_("Tanggal Terdaftar"),
    "last": N_("Terakhir Login"),
    "status": N_("Status"),
}
NEW_USER = "UserView.add"
PROFILE = ("name", "alias", "email", "website", "phone", "address")


class AgencyForm(ManageForm):
    """For a new agency, which has a parent, and for one that is there, which has a status."""

    parent = PlaceField(_l("Induk Instansi"))
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
            self.parent.among = Among(within=context.actor().agency_id)
            self._fill_parent()
            del self.active
            return
        del self.parent
        self.active.choices = status_choices()
        if row.id == context.actor().agency_id:
            del self.active

    def _fill_parent(self) -> None:
        """The agency that the address names, if it is one's own or below; else one's own."""
        if request.method == "POST":
            return
        for key in (asked_agency("induk"), context.actor().agency_id):
            found = agency_options(context.reading(), [key], self.parent.among) if key else []
            if found:
                self.parent.choose(found[0])
                return

    def profile(self) -> management.AgencyProfile:
        zone = self.zone.data
        texts = {name: self[name].data or "" for name in PROFILE}
        return management.AgencyProfile(**texts, zone=Zone(zone) if zone in set(Zone) else None)


class AgencyView(ScopedModelView):
    datamodel = ScopedInterface(Agency, eager=("parent",))
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
    sheet_headings = (
        N_("Nama"),
        N_("Alias"),
        N_("Induk Instansi"),
        N_("Jumlah Admin"),
        N_("Jumlah Instansi"),
        N_("Status"),
        N_("Email"),
        N_("Telp"),
        N_("Alamat"),
    )
    add_form = edit_form = AgencyForm
    list_title = _l("Manajemen Instansi")
    add_title, add_label = _l("Buat Instansi"), _l("BUAT INSTANSI")
    edit_title = _l("Ubah Instansi")
    edit_label, delete_label = _l("Ubah"), _l("Hapus")
    row_menu = True
    show_template = "lapor/agencies/agency.html"
    delete_title = _l("Hapus Instansi")
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
            return {"zone": context.actor().zone.value}
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

    def sheet_rows(self, session: Session, rows: Sequence[Agency]) -> Sequence[Sequence[object]]:
        size = sizes(session, [row.id for row in rows])
        return [
            [
                row.name,
                row.alias,
                row.parent.name if row.parent else "",
                size[row.id].admins,
                size[row.id].children,
                status(row.active),
                row.email,
                row.phone,
                row.address,
            ]
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
            (_("Induk Instansi"), text_of(row.parent and row.parent.name)),
            (_("Jumlah Admin"), _("%(number)s user", number=size.admins)),
            (_("Jumlah Instansi"), str(size.children)),
        ]

    def create(self, session: Session, form: AgencyForm) -> str:
        made = management.enter(
            session, context.actor(), key_of(form.parent.data), form.profile(), context.now()
        )
        return _("Instansi %(name)s dibuat.", name=made.name)

    def change(self, session: Session, key: int, form: AgencyForm) -> str:
        active = form.active.data == YES if "active" in form else None
        changed = management.update(
            session, context.actor(), key, form.profile(), context.now(), active=active
        )
        return _("Data instansi %(name)s disimpan.", name=changed.name)

    def remove(self, session: Session, key: int) -> str:
        gone = management.deactivate(session, context.actor(), key, context.now())
        return _("Instansi %(name)s dinonaktifkan.", name=gone.name)

    def before_delete(self, session: Session, row: Agency) -> Mapping[str, Any]:
        left = attached(session, row.id)
        if not (left.open_reports or left.admins or left.children):
            return {}
        said = _(
            management.STILL_ATTACHED,
            reports=left.open_reports,
            admins=left.admins,
            children=left.children,
        )
        hand_over = RowLink(_("SERAHKAN LAPORAN"), url_for("HandOver.ask", pk=row.id))
        free = left.open_reports and not (left.admins or left.children)
        return {"refusal": said, "instead": [hand_over] if free else []}

    @expose("/<pk>/")
    @has_access
    def show(self, pk: str) -> ResponseReturnValue:
        """The profile, the accounts, and the agencies right below."""
        row, session, actor = self.row(pk), context.reading(), context.actor()
        after = key_of(request.args.get("setelah"))
        units = units_of(session, row.id, after=after, limit=self.page_size + 1)
        shown = units[: self.page_size]
        sees_people = actor.may(Resource.USERS, Verb.READ)
        people = accounts_of(session, actor, row.id, limit=PEOPLE_MAX + 1) if sees_people else []
        further = len(units) > self.page_size
        return self.render_template(
            self.show_template,
            title=row.name,
            view=self,
            agency=row,
            facts=self.facts(session, row),
            edit=[link for link in self._links(row, shown=True) if link.label == str(self.edit_label)],
            moving=moving_links(row),
            columns=[ListColumn(name, str(self.label_columns[name]), "", "") for name in self.list_columns],
            units=[
                ListRow(unit.id, cells, self._links(unit))
                for unit, cells in zip(shown, self.present(session, shown), strict=True)
            ],
            next=url_for("AgencyView.show", pk=row.id, setelah=shown[-1].id) if further else "",
            first=url_for("AgencyView.show", pk=row.id) if after is not None else "",
            handed_over=not row.in_use,
            new_unit=url_for("AgencyView.add", induk=row.id) if row.active and self.may("add") else "",
            sees_people=sees_people,
            people_columns=[ListColumn(name, _(label), "", "") for name, label in PEOPLE_COLUMNS.items()],
            people=[_person(each) for each in people[:PEOPLE_MAX]],
            more_people=len(people) > PEOPLE_MAX,
            new_user=_new_user(row),
        )

    def _links(self, row: Agency, *, shown: bool = False) -> Sequence[RowLink]:
        links = list(super()._links(row, shown=shown))
        if row.active and self.may("add"):
            add = RowLink(_("Instansi Internal"), url_for("AgencyView.add", induk=row.id), dialog=True)
            links.insert(0 if shown else 1, add)
        return [*links, *moving_links(row)]


def moving_links(row: Agency) -> list[RowLink]:
    """Pindahkan, Gabungkan, Bubarkan, for who may do that to this agency."""
    actor = context.actor()
    if not may_reorganise(actor.permissions, actor.roles):
        return []
    if row.id == actor.agency_id or row.parent_id is None or not row.in_use:
        return []
    return [
        RowLink(_(words), url_for("Moving.ask", pk=row.id, how=how)) for how, (_kind, words) in WAYS.items()
    ]


def _new_user(row: Agency) -> str:
    """Where an account of this agency is entered, if that page is there and this account may use it."""
    there = NEW_USER in current_app.view_functions
    offered = there and row.active and context.actor().may(Resource.USERS, Verb.WRITE)
    return url_for(NEW_USER, instansi=row.id) if offered else ""


@dataclass(frozen=True)
class AgencyPerson:
    cells: Mapping[str, str]


def _person(account: Account) -> AgencyPerson:
    return AgencyPerson(
        {
            "name": account.get_full_name(),
            "email": account.email,
            "since": moment(account.created_on.replace(tzinfo=UTC)) if account.created_on else text_of(None),
            "last": moment(account.last_login.replace(tzinfo=UTC)) if account.last_login else text_of(None),
            "status": status(account.active),
        }
    )
