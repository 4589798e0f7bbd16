"""Which reports a number counted: the same sets as in app/stats/parts.py, as criteria of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.figures.statistics import directly, in_states, of_class, received_in, statistics_agency
from app.models import Agency
from app.rules.errors import NotFound
from app.rules.text import key_of
from app.stats.measures import GROUPS, Chart, Rows
from app.stats.parts import NONE
from app.stats.periods import Period, month_range

MONTH = re.compile(r"(?:19|20|21)\d\d-(0[1-9]|1[0-2])", re.ASCII)


def criteria_of(
    session: Session,
    actor: Actor,
    agency: Agency,
    period: Period,
    slug: str,
    chart: Chart,
    key: str,
    group: str,
) -> tuple[int, Sequence[ColumnElement[bool]]]:
    """The agency whose reports are listed, and what they have in common.

    key: of a row of the chart, "" for all of them; group: of states, by its name in GROUPS. Raises
    NotFound for what no table has.
    """
    if group not in GROUPS or chart.rows is Rows.OFFICERS:
        raise NotFound
    found = [
        *received_in(period.range.start, period.range.end),
        *in_states(GROUPS[group].states, GROUPS[group].ended_by),
    ]
    if not key:
        return agency.id, found
    if chart.rows is Rows.UNITS:
        unit = statistics_agency(session, actor, key_of(key))
        if unit.id == agency.id:
            return agency.id, [*found, *directly(agency.id)]
        if unit.parent_id != agency.id:
            raise NotFound
        return unit.id, found
    if chart.rows is Rows.MONTHS:
        if not MONTH.fullmatch(key):
            raise NotFound
        within = month_range(key, period.zone)
        return agency.id, [*found, *received_in(within.start, within.end)]
    if chart.rows is Rows.CLASSES and (key == NONE or slug not in NUMBERED or key_of(key) is not None):
        return agency.id, [*found, *of_class(slug, None if key == NONE else key)]
    raise NotFound


NUMBERED = frozenset({"kategori"})
