"""The base of what central admins look after under PENGATURAN: small tables of the whole installation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.access.system.reference import central
from app.rules.accounts.roles import Resource
from app.rules.labels import N_
from app.services.agencies.backlog import DeadlinesMoved
from app.views.forms.model_data import ActorFilter
from app.views.forms.model_view import ScopedModelView
from app.views.web.language.i18n import grouped

OFFERED, RETIRED = N_("Ditawarkan"), N_("Dihentikan")
ON, OFF = "1", "0"


class CentralView(ScopedModelView):
    """Its rows have no page of their own: the list shows all there is, the form changes it."""

    class_permission_name = Resource.SETTINGS.value
    exclude_route_methods = frozenset({"download", "show"})
    add_label, edit_label, delete_label = _l("TAMBAH"), _l("Ubah"), _l("Hapus")
    page_size = 50

    def facts(self, session: Session, row: Any) -> Sequence[tuple[str, str]]:
        return ()

    def is_in_use(self, row: Any) -> bool:
        return getattr(row, "retired_at", None) is None


def central_rows(column: str) -> list[list[Any]]:
    """The base filter of such a view."""
    return [[column, ActorFilter, central]]


def offered(row: Any) -> str:
    return _(OFFERED) if row.retired_at is None else _(RETIRED)


def offered_choices() -> Sequence[tuple[str, str]]:
    return [(ON, _(OFFERED)), (OFF, _(RETIRED))]


def day_of(raw: str | None) -> date | None:
    """A day as a browser sends it; None for what is none."""
    try:
        return date.fromisoformat((raw or "").strip())
    except ValueError:
        return None


def number_of(raw: str | None) -> int | None:
    text = (raw or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None


def moved(said: str, deadlines: DeadlinesMoved) -> str:
    """`said`, and how many running deadlines it moved."""
    if deadlines.later:
        more = _(
            "%(number)s tenggat berjalan berubah; %(later)s tenggat lain dihitung ulang dalam beberapa menit.",
            number=grouped(deadlines.now),
            later=grouped(deadlines.later),
        )
    elif deadlines.now:
        more = _("%(number)s tenggat berjalan berubah.", number=grouped(deadlines.now))
    else:
        more = _("Tidak ada tenggat berjalan yang berubah.")
    return f"{said} {more}"


Cells = list[Mapping[str, str]]
