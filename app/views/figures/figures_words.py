"""The words and numbers of statistical tables, in the reader's language."""

from __future__ import annotations

from app.stats.measures import MeasureUnit
from app.stats.tables import Number
from app.stats.words import NOTHING, Speech, plain
from app.views.web.language.i18n import language
from app.views.web.language.translator import gettext

__all__ = ["NOTHING", "plain", "speech", "written"]


def speech() -> Speech:
    """How the reader is told numbers."""
    return Speech(language(), gettext)


def written(number: Number, unit: MeasureUnit) -> str:
    return speech().written(number, unit)


def unit_name(name: str, *, itself: bool, former: bool) -> str:
    """A unit among those of an agency, as tables call it."""
    return speech().unit_name(name, itself=itself, former=former)
