"""Statistics of the root over all history: monthly summaries against counting directly.

The direct statements stand here as SQL and are not made by the application, so that the comparison does
not move with it. They are the quickest that the tables allow: no join where the root needs none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import select

from app.models import Agency, StatUnit
from app.stats import summaries
from app.stats.facts import CountingWay, facts
from app.stats.measures import CHARTS
from app.stats.parts import Dim
from app.stats.periods import Period
from bench.inside import Inside
from bench.sizes import Sizes
from bench.table import Measure, at_least, at_most

DIRECT = {
    "breakdowns": """SELECT state, ended_by, classification, substr(area_code, 1, 2), category_id, source,
        first_follow_up_at IS NULL, count(*) FROM report GROUP BY GROUPING SETS
        ((state, ended_by, first_follow_up_at IS NULL), (classification), (substr(area_code, 1, 2)),
         (category_id), (source))""",
    "median": """SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM met_at - started_at)),
        avg(extract(epoch FROM met_at - started_at)), avg((met_at <= due_at)::int), count(*)
        FROM report_clock WHERE kind = 'follow_up' AND outcome = 'met'""",
    "units": """SELECT c.ancestor_id, r.state, r.ended_by, count(*), count(r.first_follow_up_at)
        FROM report r JOIN agency_tree t ON t.unit_id = r.holder_id AND t.ancestor_id = :root
        JOIN agency_tree c ON c.unit_id = r.holder_id AND c.depth = greatest(t.depth - 1, 0) GROUP BY 1, 2, 3""",
    "months": """SELECT to_char(timezone('Asia/Jakarta', received_at), 'YYYY-MM'), state, ended_by, count(*),
        count(first_follow_up_at) FROM report GROUP BY 1, 2, 3""",
    "moves": """SELECT count(*), count(*) FILTER (WHERE end_action = 'hand_back') FROM disposition
        WHERE position > 0""",
    "officers": """SELECT user_id, kind, count(*) FROM event WHERE agency_id = :root AND user_id IS NOT NULL
        GROUP BY 1, 2""",
}
SUMMARY: dict[str, tuple[tuple[Dim, ...], bool]] = {
    "breakdowns": ((Dim.STATUS, Dim.CLASSIFICATION, Dim.AREA, Dim.CATEGORY, Dim.SOURCE), False),
    "median": ((Dim.WAIT, Dim.WAIT_SUM), False),
    "units": ((Dim.UNIT_STATUS,), False),
    "months": ((Dim.STATUS,), True),
    "moves": ((Dim.HOP, Dim.HAND_BACK), False),
    "officers": ((Dim.OFFICER,), False),
}
WORDS = {
    "breakdowns": "status, classification, area, category, source",
    "median": "median, mean and punctuality of first follow-ups",
    "units": "units by status",
    "months": "months by status",
    "moves": "moves and hand-backs",
    "officers": "acts of each officer",
}
ALWAYS = Period(None, None, ZoneInfo("Asia/Jakarta"))


def statistics(inside: Inside, sizes: Sizes) -> list[Measure]:
    found = build(inside)
    root = int(
        inside.call(lambda session: session.scalar(select(Agency.id).where(Agency.parent_id.is_(None))))
    )
    times: dict[str, tuple[float, float]] = {}
    for name in DIRECT:
        times[name] = (
            _median(partial(inside.call, _direct, name, root), 3 if sizes.is_full else 5),
            _median(partial(inside.call, _summary, name, root), 5 * sizes.rounds),
        )
    for name, (slow, quick) in times.items():
        found += [
            Measure(f"root, all history, {WORDS[name]}: direct", slow, "ms"),
            Measure(f"the same from summaries ({slow / quick:,.0f} x)", quick, "ms"),
        ]
    asked = [times[name] for name in ("breakdowns", "median")]
    ratio = sum(slow for slow, _ in asked) / sum(quick for _, quick in asked)
    found.append(
        at_least("every breakdown and the median, direct / summaries", ratio, 50, "x")
        if sizes.is_full
        else Measure("every breakdown and the median, direct / summaries", ratio, "x")
    )
    return [*found, *pages(inside, sizes)]


def build(inside: Inside) -> list[Measure]:
    """Build the summaries, and make one month anew: how stale they are while people write."""
    now = datetime.now(UTC)
    started = time.perf_counter()
    inside.call(_committed, lambda session: summaries.choose_units(session, now, anew=True))
    chosen = time.perf_counter() - started
    months = 0
    while inside.call(_committed, lambda session: summaries.build_step(session, now)) is not None:
        months += 1
    built = time.perf_counter() - started
    units = [key for (key,) in inside.call(lambda session: session.execute(select(StatUnit.agency_id)).all())]
    month = f"{now:%Y-%m}"
    anew = _median(
        lambda: inside.call(_committed, lambda session: summaries.recompute(session, month, units)), 3
    )
    rows = inside.call(summaries.size)
    return [
        Measure("finding out who is large", chosen, "s"),
        Measure(f"rebuild-stats, {months} months of {len(units)} agencies", built, "s"),
        Measure("rows of the summaries", rows),
        Measure("making the present month anew", anew, "ms"),
    ]


def pages(inside: Inside, sizes: Sizes) -> list[Measure]:
    """Statements and milliseconds of the desk's pages of statistics."""
    desk, most, slowest = inside.cookie(1), 0, 0.0
    addresses = [
        f"/monitor/statistik/{chart.side}/?data={slug}&periode=semua" for slug, chart in CHARTS.items()
    ]
    addresses.append("/monitor/pemantauan/")
    for address in addresses:
        milliseconds, statements = inside.page(desk, address, sizes.rounds)
        most, slowest = max(most, statements), max(slowest, milliseconds)
    return [
        at_most("statements of a page of statistics, at most", most, 10),
        Measure("the slowest of these pages", slowest, "ms"),
    ]


def _committed(session: Any, step: Callable[[Any], Any]) -> Any:
    result = step(session)
    session.commit()
    return result


def _direct(session: Any, name: str, root: int) -> Sequence[Any]:
    statement = sa.text(DIRECT[name])
    rows: Sequence[Any] = session.execute(statement, {"root": root} if ":root" in DIRECT[name] else {}).all()
    return rows


def _summary(session: Any, name: str, root: int) -> Any:
    dims, by_month = SUMMARY[name]
    return facts(session, session.get(Agency, root), ALWAYS, dims, CountingWay.SUMMARY, by_month=by_month)


def _median(call: Callable[[], Any], times: int) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(times + 1):  # the first one is not counted
        started = time.perf_counter()
        call()
        taken.append(time.perf_counter() - started)
    return 1000 * median(taken[1:])
