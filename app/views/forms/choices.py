"""What the forms of agencies and accounts share: their lists of choices, and status in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import request
from flask_babel import gettext as _

from app.access.agencies.management import offered
from app.rules.errors import Invalid
from app.rules.labels import N_, Labelled
from app.rules.text import key_of
from app.views.web import context
from app.views.web.language.i18n import word

CHOICES_MAX = 300  # agencies in one list; beyond that a list is no help
ACTIVE, INACTIVE = N_("Aktif"), N_("Nonaktif")
YES, NO = "1", "0"
NO_DATE = N_("Tulis tanggal lengkap, misalnya 1976-12-18.")


def status(active: object) -> str:
    return _(ACTIVE) if active else _(INACTIVE)


def status_choices() -> Sequence[tuple[str, str]]:
    return [(YES, _(ACTIVE)), (NO, _(INACTIVE))]


def code_choices(codes: type[Labelled]) -> Sequence[tuple[str, str]]:
    """Every member of an enum, in words."""
    return [(member.value, word(member)) for member in codes]


def agency_choices(present: int | None) -> Sequence[tuple[str, str]]:
    """The agencies of this account's subtree, the chosen one among them."""
    found = offered(context.reading(), context.actor(), CHOICES_MAX, besides=present)
    return [(str(offer.id), offer.label) for offer in found]


def asked_agency(name: str) -> int | None:
    """The agency that the address names for a new row, else the account's own."""
    return key_of(request.args.get(name)) or context.actor().agency_id


def date_of(raw: str | None, field: str) -> date | None:
    """The date that a date field sends, None if it is empty. Raises Invalid at `field`."""
    try:
        return date.fromisoformat(raw.strip()) if raw and raw.strip() else None
    except ValueError as error:
        raise Invalid({field: NO_DATE}) from error


def text_of(value: object) -> str:
    """A fact in words; a dash for what is not known."""
    return str(value) if value else "–"
