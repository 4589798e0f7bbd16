"""What an address of MONITOR asks for: whose figures, and of which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import Form

from app.access.actor import Actor
from app.access.choices import Among
from app.access.figures.statistics import statistics_agency
from app.models import Agency
from app.rules.errors import NotFound
from app.rules.labels import N_
from app.rules.text import key_of
from app.stats.periods import FIRST_DAY, LAST_DAY, OUT_OF_RANGE, Period, Preset, preset
from app.views.forms.agency_fields import PlaceField

NO_DATE = N_("Isi kedua tanggal dengan benar, misalnya 2026-01-31.")
WRONG_ORDER = N_("Tanggal akhir mendahului tanggal awal.")
NO_PERIOD = N_("Pilih salah satu periode.")


class StatisticsField(PlaceField):
    """Asks an address of its own: who reads statistics need not read reports."""

    source = "Statistics.agencies"


class AskedAgencyForm(Form):
    instansi = StatisticsField(_l("Instansi"))


@dataclass(frozen=True)
class FigureSelection:
    """agency: whose figures; period: of which days, None with what is wrong in `fault`.

    form: the picker as it was filled in; clear: whether it says which agency is meant. which, since,
    until: the period as it was typed.
    """

    agency: Agency
    period: Period | None
    form: AskedAgencyForm
    clear: bool
    which: str
    since: str
    until: str
    fault: str

    @property
    def args(self) -> dict[str, Any]:
        """The same for an address."""
        args = {"instansi": str(self.agency.id), "periode": self.which}
        return {**args, "dari": self.since, "sampai": self.until} if self.which == Preset.FREE else args


def asked(
    session: Session, actor: Actor, now: datetime, default: Preset = Preset.THIS_YEAR
) -> FigureSelection:
    """What the address asks for. Raises NotFound for an agency that is not the actor's or below."""
    form = AskedAgencyForm(request.args)
    agency, clear = _agency(session, actor, form)
    which = request.args.get("periode", default.value)
    since, until = (request.args.get(name, "").strip()[:10] for name in ("dari", "sampai"))
    zone = ZoneInfo(agency.zone.value)
    period, fault = _period(which, since, until, now.astimezone(zone).date(), zone)
    return FigureSelection(agency, period, form, clear, which, since, until, fault)


def _agency(session: Session, actor: Actor, form: AskedAgencyForm) -> tuple[Agency, bool]:
    field = form.instansi
    field.among = Among(within=actor.agency_id)
    raw = field.choice or field.data
    agency = statistics_agency(session, actor, key_of(raw) if raw else actor.agency_id)
    typed_another = field.query and field.query.casefold() != agency.name.casefold()
    if typed_another and not field.choice:
        if not field.settle(session):
            return agency, False
        agency = statistics_agency(session, actor, field.agency_id)
    field.data, field.query = str(agency.id), agency.name
    return agency, True


def _period(which: str, since: str, until: str, today: date, zone: ZoneInfo) -> tuple[Period | None, str]:
    if which not in {each.value for each in Preset}:
        return None, NO_PERIOD
    if which != Preset.FREE:
        return preset(Preset(which), today, zone), ""
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        return None, NO_DATE
    if last < first:
        return None, WRONG_ORDER
    if first < FIRST_DAY or last > LAST_DAY:
        return None, OUT_OF_RANGE
    return Period(first, last, zone), ""


def required(found: FigureSelection) -> Period:
    """The period, for a file or list that has no place to say what is wrong. Raises NotFound without one."""
    if found.period is None or not found.clear:
        raise NotFound
    return found.period
