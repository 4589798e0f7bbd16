"""PENGATURAN > Manajemen Pengguna (manual 6.10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import DateInput, EmailInput, TelInput

from app.access.agencies.management import manageable_accounts
from app.extensions import transaction
from app.models import Account, AccountLink
from app.rules.accounts.genders import Gender
from app.rules.accounts.roles import Resource, Role
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.rules.text import SHORT_MAX, key_of, storable
from app.services.accounts import granting, invitations, people, people_care, sign_in
from app.services.inbox import presence
from app.services.system import attempt_counts
from app.views.accounts.user_care import CARES
from app.views.forms.choices import (
    YES,
    agency_choices,
    asked_agency,
    code_choices,
    date_of,
    status,
    status_choices,
    text_of,
)
from app.views.forms.model_data import ActorFilter, ScopedInterface
from app.views.forms.model_view import ManageForm, RowLink, ScopedModelView
from app.views.web import context
from app.views.web.language.i18n import long_date, moment, word
from app.views.web.limiting import hashed_here

TOO_OFTEN = N_(
    "Terlalu banyak percobaan dengan username atau email yang sudah dipakai. Tunggu 15 menit, lalu coba lagi."
)
OWN = "="  # before the name of a role that central admins made
TEXTS = ("name", "username", "email", "phone")
NAMES = ("username", "email")  # of which no two accounts have the same


class AccountForm(ManageForm):
    """For a new account and for one that is there; of one's own, what it may do is not on the form."""

    name = StringField(_l("Nama Lengkap"), validators=[DataRequired(), Length(max=people.NAME_MAX)])
    username = StringField(_l("Username"), validators=[DataRequired(), Length(max=SHORT_MAX)])
    email = StringField(_l("Email"), validators=[DataRequired(), Length(max=SHORT_MAX)], widget=EmailInput())
    phone = StringField(_l("Telepon"), validators=[Length(max=SHORT_MAX)], widget=TelInput())
    gender = SelectField(_l("Jenis Kelamin"), validate_choice=False)
    birth_date = StringField(_l("Tanggal Lahir"), validators=[Length(max=SHORT_MAX)], widget=DateInput())
    agency = SelectField(_l("Instansi"), validate_choice=False)
    role = SelectField(_l("Peran"), validate_choice=False)
    active = SelectField(_l("Status"), validate_choice=False)

    fixed: Sequence[tuple[str, str]] = ()  # what is not on the form, since its owner alone changes it
    told_taken = False  # whether a refusal told that another account has a name

    def prepare(self, row: Account | None) -> None:
        self.gender.choices = [("", _("Tidak diisi")), *code_choices(Gender)]
        self.names = {name: "" if row is None else getattr(row, name) for name in NAMES}
        self.fixed = self._fix(row) if row is not None else ()
        if row is not None and row.id == context.actor().user_id:
            del self.agency, self.role, self.active
            return
        self.agency.choices = agency_choices(key_of(self.agency.data))
        self.active.choices = status_choices()
        self.role.choices = role_choices()
        if self.role.data not in dict(self.role.choices):
            # Several roles, or one that is not given here: a list that lacks it would take it away.
            self.role.choices.insert(0, ("", _("Tidak diubah")))

    def _fix(self, row: Account) -> Sequence[tuple[str, str]]:
        """Take the fields away that are the owner's alone; their labels and values, to be shown as text."""
        owners = people.fixed(row)
        shown = [
            (str(self[name].label.text), text_of(getattr(row, name))) for name in TEXTS if name in owners
        ]
        for name in owners:
            del self[name]
        return shown

    def take(self, refused: Invalid) -> None:
        self.told_taken = isinstance(refused, people.Taken)
        super().take(refused)

    def details(self) -> people.Details:
        """What the form says; a choice that is not on it stays as it is."""
        name, username, email, phone = ((self[name].data or "") if name in self else None for name in TEXTS)
        return people.Details(
            name=name or "",  # never one of those that are the owner's alone
            username=username,
            email=email,
            phone=phone,
            gender=Gender(self.gender.data) if self.gender.data in set(Gender) else None,
            birth_date=date_of(self.birth_date.data, "birth_date"),
            active=self.active.data == YES if "active" in self else None,
            agency_id=_key(self.agency.data) if "agency" in self else None,
            role=role_of(self.role.data) if "role" in self else None,
        )


def _key(raw: str | None) -> int:
    found = key_of(raw)
    if found is None:
        raise Invalid({"agency": people.CHOOSE_AGENCY})
    return found


def role_of(raw: str | None) -> str | None:
    """The name of the role of a form's choice, None for none; whether there is one, the service says."""
    if not raw:
        return None
    return Role[raw].value if raw in Role.__members__ else storable(raw).removeprefix(OWN)


def role_choices() -> list[tuple[str, str]]:
    """The roles that this account gives."""
    return [(_code(name), _(name)) for name in granting.choices(context.reading(), context.actor())]


def _code(name: str) -> str:
    """How a form names a role: a name that somebody chose must not be taken for a code."""
    return next((role.name for role in Role if role.value == name), f"{OWN}{name}")


def _moment(naive: datetime | None) -> str:
    """A time of Flask-AppBuilder's, UTC without a zone, in the reader's zone."""
    return "–" if naive is None else moment(naive.replace(tzinfo=UTC))


class UserView(ScopedModelView):
    datamodel = ScopedInterface(Account, eager=("roles", "agency"))
    route_base = "/pengaturan/pengguna"
    class_permission_name = Resource.USERS.value
    base_filters = [["id", ActorFilter, manageable_accounts]]
    base_order = ("first_name", "asc")
    list_columns = ["first_name", "email", "created_on", "active"]
    search_columns = ["first_name", "username", "email"]
    order_columns = ["first_name", "email", "created_on"]
    label_columns = {
        "first_name": _l("Nama"),
        "username": _l("Username"),
        "email": _l("Email"),
        "created_on": _l("Tanggal Terdaftar"),
        "active": _l("Status"),
    }
    sheet_headings = (
        N_("Nama"),
        N_("Username"),
        N_("Email"),
        N_("Telepon"),
        N_("Instansi"),
        N_("Peran"),
        N_("Status"),
        N_("Tanggal Terdaftar"),
        N_("Terakhir Login"),
    )
    add_form = edit_form = AccountForm
    list_title = _l("Manajemen Pengguna")
    add_title, add_label = _l("Tambah Admin"), _l("TAMBAH ADMIN")
    edit_title = _l("Ubah Admin")
    delete_title = _l("Hapus Admin")
    delete_question = N_(
        "%(name)s tidak akan dapat masuk lagi sebagai admin dan hilang dari daftar ini; riwayat pekerjaannya tetap tersimpan atas namanya. Anda yakin?"
    )
    list_template = "lapor/accounts/user_list.html"
    add_template, edit_template = "lapor/accounts/user_add.html", "lapor/accounts/user_edit.html"
    empty_message = _l("Tidak ada pengguna yang cocok. Coba kata lain, atau kosongkan pencarian.")

    def name_of(self, row: Account) -> str:
        return row.get_full_name()

    def may_edit(self, row: Account) -> bool:
        return granting.touchable(context.reading(), context.actor(), row)

    def may_delete(self, row: Account) -> bool:
        return row.id != context.actor().user_id and granting.touchable(
            context.reading(), context.actor(), row
        )

    def is_in_use(self, row: Account) -> bool:
        """Whoever is in the list can be taken out of it, switched off or not."""
        return True

    def initial(self, row: Account | None) -> Mapping[str, Any]:
        if row is None:
            return {"agency": str(asked_agency("instansi") or ""), "role": Role.OFFICER.name, "active": YES}
        return {
            "name": row.get_full_name(),
            "username": row.username,
            "email": row.email,
            "phone": row.phone,
            "gender": row.gender.value if row.gender else "",
            "birth_date": row.birth_date.isoformat() if row.birth_date else "",
            "agency": str(row.agency_id),
            "role": _role_code(row),
            "active": YES if row.active else "",
        }

    def present(self, session: Session, rows: Sequence[Account]) -> list[Mapping[str, str]]:
        me = context.actor().user_id
        return [
            {
                "first_name": _with_dot(
                    row,
                    _("%(name)s (Anda)", name=row.get_full_name()) if row.id == me else row.get_full_name(),
                ),
                "email": row.email,
                "created_on": _moment(row.created_on),
                "active": status(row.active),
            }
            for row in rows
        ]

    def sheet_rows(self, session: Session, rows: Sequence[Account]) -> Sequence[Sequence[object]]:
        return [
            [
                row.get_full_name(),
                row.username,
                row.email,
                row.phone,
                row.agency.name if row.agency else "",
                ", ".join(_(role.name) for role in row.roles),
                status(row.active),
                _moment(row.created_on),
                _moment(row.last_login),
            ]
            for row in rows
        ]

    def facts(self, session: Session, row: Account) -> Sequence[tuple[str, str]]:
        return [
            (_("Nama Lengkap"), row.get_full_name()),
            (_("Username"), row.username),
            (_("Email"), row.email),
            (_("Telepon"), text_of(row.phone)),
            (_("Jenis Kelamin"), word(row.gender) if row.gender else text_of(None)),
            (_("Tanggal Lahir"), long_date(row.birth_date) if row.birth_date else text_of(None)),
            (_("Instansi"), text_of(row.agency and row.agency.name)),
            (_("Peran"), ", ".join(_(role.name) for role in row.roles)),
            (_("Status"), status(row.active)),
            (_("Tanggal Terdaftar"), _moment(row.created_on)),
            (_("Terakhir Login"), _moment(row.last_login)),
            (_("Verifikasi dua langkah"), _("Aktif") if row.totp_nonce else _("Belum aktif")),
            *self._locked(row),
        ]

    def _locked(self, row: Account) -> Sequence[tuple[str, str]]:
        if row.locked_until is None or not sign_in.locked(row, context.now()):
            return []
        return [(_("Terkunci sampai"), moment(row.locked_until))]

    def invitations(self) -> Sequence[AccountLink]:
        """What citizens have not answered yet, for the list's page."""
        return invitations.waiting(context.reading(), context.actor(), context.now())

    def until(self, link: AccountLink) -> str:
        """How long an invitation can be answered; its time begins when its letter leaves."""
        return moment(link.expires_at) if link.expires_at is not None else _("Surat belum terkirim")

    def _submit(self, form: ManageForm, do: Callable[[Session], str]) -> str | None:
        """Whoever was told too often that a name is taken is told nothing for a while, by person and place."""
        if request.method != "POST" or not isinstance(form, AccountForm):
            asked_nothing: str | None = super()._submit(form, do)
            return asked_nothing
        person, place = context.actor().user_id, hashed_here()
        asked = ((attempt_counts.TAKEN_PERSON, person), (attempt_counts.TAKEN_PLACE, place))
        now, reading = context.now(), context.reading()
        if self._asks_names(form) and any(
            attempt_counts.reached(reading, limit, who, now) for limit, who in asked
        ):
            form.validate()
            form.form_errors.append(_(TOO_OFTEN))
            return None
        said: str | None = super()._submit(form, do)
        if form.told_taken:
            with transaction(context.actor()) as session:
                for limit, who in asked:
                    attempt_counts.count(session, limit, who, now)
        return said

    def _asks_names(self, form: AccountForm) -> bool:
        """Whether the form holds another username or e-mail than the account has."""
        return any(name in form and form[name].data != form.names[name] for name in NAMES)

    def create(self, session: Session, form: AccountForm) -> str:
        made = people.create(session, context.actor(), form.details(), context.now())
        if not made.active:
            return _("Akun dibuat. Surat untuk masuk dikirim setelah akun diaktifkan.")
        return _("Akun dibuat. Surat untuk masuk dikirim ke %(email)s.", email=made.email)

    def change(self, session: Session, key: int, form: AccountForm) -> str:
        changed = people.update(session, context.actor(), key, form.details(), context.now())
        return _("Data %(name)s disimpan.", name=changed.get_full_name())

    def remove(self, session: Session, key: int) -> str:
        gone = people_care.remove(session, context.actor(), key, context.now())
        return _("%(name)s dihapus dari daftar admin.", name=gone.get_full_name())

    def _links(self, row: Account, *, shown: bool = False) -> Sequence[RowLink]:
        links = list(super()._links(row, shown=shown))
        if shown and self.may("edit") and self.may_edit(row):
            links += [
                RowLink(_(care.label), url_for(care.endpoint, pk=row.id))
                for care in CARES
                if care.offered(row)
            ]
        return links


def _with_dot(row: Account, name: str) -> Markup:
    """The name after a dot: filled for whoever is at work now; empty, and without a word, for the others."""
    if presence.online(row, context.now()):
        dot = Markup('<span class="dot dot--on" role="img" aria-label="{}"></span>').format(
            _("Sedang daring")
        )
    else:
        dot = Markup('<span class="dot" aria-hidden="true"></span>')
    return Markup("<span>{} {}</span>").format(dot, name)


def _role_code(row: Account) -> str:
    names = {role.name for role in row.roles}
    return _code(*names) if len(names) == 1 else ""
