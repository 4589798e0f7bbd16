"""Languages: one catalogue for Flask-AppBuilder, WTForms and our own words, and dates as people write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from flask import Flask, request, session
from flask_appbuilder.forms import DynamicForm
from flask_babel import format_date, format_datetime, format_timedelta, get_babel, get_domain, gettext
from flask_babel import get_locale as babel_locale
from flask_wtf import FlaskForm

from app.rules.labels import LABELS, Zone, label
from app.rules.tabs import ORDER_LABELS, REACH_LABELS, TAB_LABELS, Order, Reach, Tab
from app.views import context


class CatalogueTranslations:
    """WTForms' messages from our catalogue: raw look-ups, since WTForms fills in the numbers itself."""

    def gettext(self, message: str) -> str:
        return str(get_domain().get_translations().ugettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(get_domain().get_translations().ungettext(singular, plural, n))


def word(code: StrEnum | Tab | Reach | Order) -> str:
    """The word for a code, in the reader's language."""
    if type(code) in LABELS:
        return gettext(label(code))  # type: ignore[arg-type]
    table = {Tab: TAB_LABELS, Reach: REACH_LABELS, Order: ORDER_LABELS}[type(code)]  # type: ignore[index]
    return gettext(table[code])  # type: ignore[index]


def zone_name() -> str:
    return gettext(label(context.actor().zone))


def _local(at: datetime) -> datetime:
    return at.astimezone(context.actor().timezone)


def long_date(day: date) -> str:
    """Rabu, 25 November 2026."""
    return format_date(day, "EEEE, d MMMM y", rebase=False)


def short_date(day: date) -> str:
    """Rab, 25 Nov."""
    return format_date(day, "EEE, d MMM", rebase=False)


def exact(at: datetime) -> str:
    """Rabu, 25 November 2026, 09.49 WIB, in the reader's agency's zone."""
    local = _local(at)
    clock = "HH.mm" if str(babel_locale()) == "id" else "HH:mm"
    return f"{long_date(local.date())}, {format_datetime(local, clock, rebase=False)} {zone_name()}"


def relative(at: datetime) -> str:
    """3 hari yang lalu, beside the exact time."""
    gone = at - context.now()
    if abs(gone) < timedelta(minutes=1):
        return gettext("baru saja")
    return str(format_timedelta(gone, add_direction=True, threshold=1.2))


def select_locale() -> str:
    """The reader's language: ?_l_=, else what they chose before, else the default. No cookie is set."""
    languages = get_babel().app.config["LANGUAGES"] if hasattr(get_babel(), "app") else {"id": {}, "en": {}}
    asked = request.args.get("_l_") if request else None
    for candidate in (asked, session.get("locale") if request else None):
        if candidate in languages:
            return str(candidate)
    return "id"


def init_app(app: Flask) -> None:
    translations = CatalogueTranslations()
    for form in (DynamicForm, FlaskForm):
        form.Meta.get_translations = lambda self, form: translations
    app.jinja_env.globals.update(word=word, zone_name=zone_name, Zone=Zone)
    app.jinja_env.filters.update(
        word=word, long_date=long_date, short_date=short_date, exact=exact, relative=relative
    )
