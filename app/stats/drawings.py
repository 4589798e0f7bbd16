"""Which of a table's numbers its figure shows: the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from app.rules.labels import N_
from app.stats.charts import Drawing, Series
from app.stats.measures import MEASURES, STATUSES, MeasureUnit, Rows
from app.stats.tables import FigureTable
from app.stats.words import Speech

DRAWN = 25  # bars of a figure; the table has all
TIMES = frozenset({"first_median", "decision_median"})
NUMBER = N_("Jumlah")


def drawing_of(counted: FigureTable, names: Sequence[str], speech: Speech) -> Drawing:
    """Its states side by side where there are several, else its first telling number. names: of its rows."""
    chart, say = counted.chart, speech.say
    upright = chart.rows is Rows.MONTHS
    if chart.rows in (Rows.UNITS, Rows.MONTHS) and "waiting" in counted.measures:
        shown = list(STATUSES)
    elif chart.rows is Rows.OFFICERS:
        shown = [name for name in counted.measures if name != "acts"]
    else:
        shown = [next((name for name in counted.measures if name in TIMES), counted.measures[0])]
    some = list(counted.rows) if upright else list(counted.rows)[:DRAWN]
    series = [Series(say(MEASURES[name].title), [row.values[name] for row in some]) for name in shown]
    axis = say(MEASURES[shown[0]].title) if len(shown) == 1 else say(NUMBER)
    counts = MEASURES[shown[0]].unit is MeasureUnit.COUNT
    return Drawing(names[: len(some)], series, axis, upright=upright, decimals=int(not counts))
