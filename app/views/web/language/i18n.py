"""Languages: one catalogue for Flask-AppBuilder, WTForms and our own words, and dates as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta
from flask import Flask, current_app, g, has_request_context, request, session
from flask_appbuilder.forms import DynamicForm
from flask_babel import format_datetime, format_decimal
from flask_babel import get_locale as babel_locale
from flask_wtf import FlaskForm
from markupsafe import Markup, escape

from app.rules.labels import Labelled
from app.rules.reports.tabs import REACH_LABELS, Reach
from app.rules.reports.text_changes import differences
from app.rules.zones import Zone
from app.views.web import context
from app.views.web.api_paths import is_api
from app.views.web.context import READER
from app.views.web.language.page_memo import GLOBALS, of_report
from app.views.web.language.translator import catalogue, gettext, ngettext

BETWEEN_STARS = re.compile(r"\*\*(.+?)\*\*")
LONG = "EEEE, d MMMM y"
IN_HOURS = timedelta(days=2)
CHOSEN = "locale"  # where the session keeps the language that somebody chose


class CatalogueTranslations:
    """WTForms' messages from our catalogue: raw look-ups, since WTForms fills in the numbers itself."""

    def gettext(self, message: str) -> str:
        return str(catalogue().ugettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(catalogue().ungettext(singular, plural, n))


def word(code: Labelled | Reach) -> str:
    """The word for a code, in the reader's language."""
    return gettext(REACH_LABELS[code] if isinstance(code, Reach) else code.label)


@dataclass(frozen=True)
class Reader:
    """For whom a page is written: the time zone with its name, the language, and the time that it is."""

    timezone: ZoneInfo
    zone: str
    language: str
    now: datetime


def reader() -> Reader:
    """Made once for a request: a list writes some hundred dates."""
    if not has_request_context():
        return _reader()
    here = g._get_current_object()
    found: Reader | None = here.get(READER)
    if found is None:
        found = here.reader = _reader()
    return found


def _reader() -> Reader:
    actor = context.actor()
    return Reader(actor.timezone, gettext(actor.zone.label), str(babel_locale()), context.now())


def zone_name() -> str:
    return reader().zone


def language() -> str:
    return reader().language


@lru_cache(maxsize=8_192)
def _dated(day: date, shape: str, language: str) -> str:
    """A date in words. Lists show the same days over and over, and Babel composes each anew."""
    return str(format_date(day, shape, locale=language))


def long_date(day: date) -> str:
    """Rabu, 25 November 2026."""
    return _dated(day, LONG, reader().language)


def short_date(day: date) -> str:
    """Rab, 25 Nov; with its year when that is not this one."""
    mine = reader()
    this_year = mine.now.astimezone(mine.timezone).year
    return _dated(day, "EEE, d MMM" if day.year == this_year else "EEE, d MMM y", mine.language)


def grouped(number: int) -> str:
    """1.173, as the reader's language groups digits."""
    return str(number) if abs(number) < 1_000 else str(format_decimal(number))


def moment(at: datetime) -> str:
    """25 Nov 2026, 09.49 WIB: the short form of exact(), for tables."""
    mine = reader()
    clock = "HH.mm" if mine.language == "id" else "HH:mm"
    local = at.astimezone(mine.timezone)
    return f"{format_datetime(local, f'd MMM y, {clock}', rebase=False)} {mine.zone}"


def exact(at: datetime) -> str:
    """Rabu, 25 November 2026, 09.49 WIB, in the reader's agency's zone."""
    mine = reader()
    local = at.astimezone(mine.timezone)
    clock = f"{local:%H.%M}" if mine.language == "id" else f"{local:%H:%M}"
    return f"{_dated(local.date(), LONG, mine.language)}, {clock} {mine.zone}"


def relative(at: datetime) -> str:
    """3 hari yang lalu, beside the exact time."""
    mine = reader()
    gone = at - mine.now
    if abs(gone) < timedelta(minutes=1):
        return gettext("baru saja")
    if abs(gone) > IN_HOURS:
        # Nobody misses the minutes of what is days old, and the same ages come again and again.
        gone = timedelta(hours=round(gone / timedelta(hours=1)))
    return _apart(gone, mine.language)


@lru_cache(maxsize=8_192)
def _apart(gone: timedelta, language: str) -> str:
    return str(format_timedelta(gone, add_direction=True, threshold=1.2, locale=language))


def unified(text: str) -> str:
    """A text with the line ends that are stored: browsers send others."""
    return text.replace("\r\n", "\n").strip()


def stars(message: str) -> Markup:
    """Bold for what stands **between two stars**; everything else is escaped."""
    return Markup(BETWEEN_STARS.sub(r"<strong>\1</strong>", str(escape(message))))  # noqa: S704 escaped before


def select_locale() -> str:
    """The reader's language: what they chose, else the default. Asking sets no cookie. A program says it."""
    chosen = session.get(CHOSEN) if has_request_context() and not is_api() else None
    if is_api():
        chosen = request.accept_languages.best_match(list(current_app.config["LANGUAGES"]))
    return str(
        chosen if chosen in current_app.config["LANGUAGES"] else current_app.config["BABEL_DEFAULT_LOCALE"]
    )


def init_app(app: Flask) -> None:
    # Flask-AppBuilder's own selector writes a cookie for every visitor.
    app.extensions["babel"].locale_selector = select_locale
    translations = CatalogueTranslations()
    for form in (DynamicForm, FlaskForm):
        form.Meta.get_translations = lambda self, form: translations
    jinja: Any = app.jinja_env  # its extension for words adds what it is asked here
    jinja.install_gettext_callables(gettext, ngettext, newstyle=True)
    app.jinja_env.globals.update(GLOBALS, differences=differences, word=word, zone_name=zone_name, Zone=Zone)
    app.jinja_env.filters.update(
        word=word,
        long_date=long_date,
        short_date=short_date,
        exact=exact,
        relative=relative,
        stars=stars,
        unified=unified,
        of_report=of_report,
    )
