"""Searching: words times agencies against the 25 rows by their keys, #id, and filters within one process.

All ratios are of one run: what is compared is asked in turn, and the median of the rounds is taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Agency, Category, Report, ReportScope
from app.rules.reports.codes import Channel, Classification
from app.rules.reports.tabs import Reach, Tab
from app.rules.reports.workflow import State
from app.scale.tree import DISSOLVED, GIANT
from app.search import index
from app.search.filters import Filters
from app.search.find import EVERYWHERE, SearchOrder, SearchPlace, called, find
from app.search.query import read
from bench.databases import Embedded
from bench.inside import Inside
from bench.sizes import Sizes
from bench.table import Measure, at_most

PAGE = 25
RARE, OLD = "zamrud", "fosil"  # words that the generator does not know
MIDDLE = '"377"'  # a house number, in one report of 400
RARE_IN, OLD_IN = 60, 2_000
WORST_MOST, AIM, EMBEDDED_MOST, NUMBER_MOST, FILTERS_MOST = 250, 100, 60, 2, 100
Asked = Callable[[Session], Any]


def search(inside: Inside, sizes: Sizes) -> list[Measure]:
    plant_words(inside, sizes)
    actors = chosen_actors(inside, sizes)
    found = words_times_agencies(inside, sizes, actors, "search", WORST_MOST, AIM)
    found += filters(inside, sizes, actors["30 %"])
    found += others(inside, sizes, actors["root"])
    found.append(by_number(inside, sizes, actors["30 %"]))
    return found


def embedded_search(folder: Path, sizes: Sizes) -> list[Measure]:
    """The same words and agencies on SQLite, in a database of its own."""
    base = Embedded(folder, "embedded", sizes.embedded_reports, sizes.agencies)
    base.prepare()
    inside, own = Inside(base), replace(sizes, reports=sizes.embedded_reports)
    plant_words(inside, own)
    return words_times_agencies(inside, own, chosen_actors(inside, own), "search, SQLite", EMBEDDED_MOST)


def words_times_agencies(
    inside: Inside,
    sizes: Sizes,
    actors: Mapping[str, Actor],
    title: str,
    most: float,
    aim: float | None = None,
) -> list[Measure]:
    words = {
        "common": "jalan",
        "middle": MIDDLE,
        "rare": RARE,
        "two words": f"jalan {MIDDLE}",
        "only old": OLD,
    }
    found: list[Measure] = []
    worst = 0.0
    for name, actor in actors.items():
        for kind, raw in words.items():
            ratio, ours, keys, hits = against_keys(inside, sizes, actor, raw)
            worst = max(worst, ratio)
            found.append(
                Measure(
                    f"{title}, {kind}, {name}: {ours:.2f} ms, {hits} hits, / {keys:.2f} ms by keys",
                    ratio,
                    "x",
                )
            )
    found.append(at_most(f"{title}, the worst of these / by keys", worst, most, "x"))
    if aim is not None:
        found.append(at_most("the same (aim)", worst, aim, "x"))
    return found


def plant_words(inside: Inside, sizes: Sizes) -> None:
    """A word in few reports of all times, and one in old reports alone; once."""

    def plant(session: Session) -> None:
        for word, keys in (
            (RARE, {1 + sizes.reports * n // RARE_IN for n in range(RARE_IN)}),
            (OLD, set(range(1, min(OLD_IN, sizes.reports // 10) + 1))),
        ):
            first = session.scalar(select(Report.text).where(Report.id == 1)) or ""
            if word in first:
                continue
            session.execute(
                update(Report).where(Report.id.in_(keys)).values(text=Report.text + f" {word.title()}.")
            )
            index.rewrite(session, keys)
        session.commit()
        if session.get_bind().dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "AUTOCOMMIT"}).execute(
                text("VACUUM ANALYZE report_search")
            )

    inside.call(plant)


def chosen_actors(inside: Inside, sizes: Sizes) -> Mapping[str, Actor]:
    """An officer of each: a leaf, one that sees about 1 %, the one with 30 %, the root, and the dissolved one."""

    def about(session: Session) -> int:
        seen = (
            select(ReportScope.agency_id, func.count().label("n")).group_by(ReportScope.agency_id).subquery()
        )
        query = select(seen.c.agency_id).order_by(func.abs(seen.c.n - sizes.reports // 100)).limit(1)
        return int(session.scalars(query).one())

    root = inside.call(lambda s: s.scalars(select(Agency.id).where(Agency.parent_id.is_(None))).one())
    agencies = {
        "leaf": inside.leaf_with(Tab.CLOSED, PAGE),
        "1 %": inside.call(about),
        "30 %": inside.key_of(GIANT),
        "root": root,
        "dissolved": inside.key_of(DISSOLVED),
    }
    return {name: inside.actor(inside.officer(key)) for name, key in agencies.items()}


def ids(session: Session, actor: Actor, raw: str, **more: Any) -> list[int]:
    more.setdefault("limit", PAGE)
    found = find(session, actor, read(raw), datetime.now(UTC), **more)
    return [hit.report_id for hit in found.hits]


def against_keys(
    inside: Inside, sizes: Sizes, actor: Actor, raw: str, **more: Any
) -> tuple[float, float, float, int]:
    """How many times the fetch of 25 full rows by their keys one search takes; both in milliseconds; hits."""
    hits = inside.call(ids, actor, raw, **more)
    rows = hits if len(hits) == PAGE else [*hits, *inside.call(some_keys, PAGE - len(hits))]
    table = Report.__table__
    by_keys = select(table).where(table.c.id.in_(rows))
    ours, theirs = timed(
        inside,
        sizes,
        lambda session: ids(session, actor, raw, **more),
        lambda session: session.connection().execute(by_keys).all(),
    )
    return ours / theirs, ours, theirs, len(hits)


def some_keys(session: Session, number: int) -> list[int]:
    return list(session.scalars(select(Report.id).order_by(Report.id.desc()).offset(500).limit(number)))


def timed(inside: Inside, sizes: Sizes, *asked: Asked) -> list[float]:
    """Milliseconds of each, asked in turn on one connection that commits by itself, as pages do."""

    def run(session: Session) -> list[float]:
        if session.get_bind().dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        taken: list[list[float]] = [[] for _ in asked]
        for turn in range(sizes.rounds * 3 + 6):
            for which, ask in enumerate(asked):
                started = time.perf_counter()
                ask(session)
                if turn >= 6:  # psycopg prepares a statement after five
                    taken[which].append(time.perf_counter() - started)
        return [median(each) * 1000 for each in taken]

    taken: list[float] = inside.call(run)
    return taken


def filters(inside: Inside, sizes: Sizes, actor: Actor) -> list[Measure]:
    now = datetime.now(UTC)
    assert actor.agency_id is not None

    def some(session: Session) -> tuple[int, str, int]:
        category = session.scalars(
            select(Report.category_id)
            .where(Report.category_id.is_not(None), Report.id > sizes.reports * 9 // 10)
            .limit(1)
        ).one()
        assert category is not None
        main = session.scalars(select(Category.parent_id).where(Category.id == category)).one()
        area = session.scalars(select(Report.area_code).where(Report.area_code.is_not(None)).limit(1)).one()
        return int(main or category), str(area), int(category)

    main, area, category = inside.call(some)
    asked: Mapping[str, tuple[str, Filters]] = {
        "category with children": ("jalan", Filters(category_id=main)),
        "one category": ("jalan", Filters(category_id=category)),
        "area": ("jalan", Filters(area_code=area)),
        "province": ("jalan", Filters(area_code=area.split(".")[0])),
        "classification": ("jalan", Filters(classification=Classification.SUPERVISED)),
        "source": ("jalan", Filters(source=Channel.SMS)),
        "state": ("jalan", Filters(state=State.CLOSED)),
        "one month five years ago": (
            "jalan",
            Filters(since=now - timedelta(days=1830), until=now - timedelta(days=1800)),
        ),
        "five years": ("jalan", Filters(since=now - timedelta(days=1830), until=now)),
        "agency with what lies below": ("jalan", Filters(holder_id=actor.agency_id, below=True)),
        "late": ("jalan", Filters(late=True)),
        "held": ("jalan", Filters(held=True)),
        "with open request": ("jalan", Filters(asked=True)),
        "with attachment (there is none)": ("jalan", Filters(with_file=True)),
        "rating": ("jalan", Filters(rating=2)),
        "category, no word": ("", Filters(category_id=category)),
        "month, category and source": (
            "",
            Filters(
                since=now - timedelta(days=400),
                until=now - timedelta(days=370),
                category_id=main,
                source=Channel.SMS,
            ),
        ),
    }
    found, worst = [], 0.0
    for name, (raw, chosen) in asked.items():
        ratio, ours, _, hits = against_keys(inside, sizes, actor, raw, filters=chosen)
        worst = max(worst, ratio)
        found.append(Measure(f"filter, {name}, 30 %: {ours:.2f} ms, {hits} hits / by keys", ratio, "x"))
    return [*found, at_most("filters, the worst of these / by keys", worst, FILTERS_MOST, "x")]


def others(inside: Inside, sizes: Sizes, root: Actor) -> list[Measure]:
    """Other orders, a search in a tab, and what a whole page costs, told without a bound."""
    found = []
    cases: Mapping[str, dict[str, Any]] = {
        "best match": {"order": SearchOrder.BEST},
        "oldest first": {"order": SearchOrder.OLDEST},
        "by deadline": {"order": SearchOrder.DEADLINE},
        "in Sedang Diproses": {
            "order": SearchOrder.DEADLINE,
            "place": SearchPlace(Tab.PROGRESS, Reach.BELOW),
        },
        "in Selesai": {"place": SearchPlace(Tab.CLOSED, Reach.BELOW)},
    }
    for name, more in cases.items():
        ratio, ours, _, _ = against_keys(inside, sizes, root, "jalan", **more)
        found.append(Measure(f"search, common, root, {name}: {ours:.2f} ms / by keys", ratio, "x"))
    (names,) = timed(inside, sizes, lambda session: called(session, ("kantor", "kesehatan")))
    found.append(Measure("of a search, looking up agencies by name", names, "ms"))
    cookie = inside.cookie(inside.officer(root.agency_id or 0))
    for path in ("/monitor/pencarian/?q=jalan", f"/monitor/pencarian/?q={RARE}", "/monitor/pencarian/"):
        milliseconds, statements = inside.page(cookie, path, sizes.rounds)
        found += [
            Measure(f"{path}, in process", milliseconds, "ms"),
            Measure(f"{path}, statements", statements),
        ]
    return found


def by_number(inside: Inside, sizes: Sizes, actor: Actor) -> Measure:
    """#id in the database alone: the statements that it needs, against the fetch of that row by its key."""
    (key, *_) = inside.call(ids, actor, "jalan")
    table = Report.__table__
    by_key = select(table).where(table.c.id == key)
    inside.statements.clear()
    inside.call(
        lambda session: find(session, actor, read(f"#{key}"), datetime.now(UTC), place=EVERYWHERE, limit=PAGE)
    )
    statements = list(inside.statements)

    def again(session: Session) -> None:
        for statement, parameters in statements:
            session.connection().exec_driver_sql(statement, parameters).all()

    ours, theirs = timed(inside, sizes, again, lambda session: session.connection().execute(by_key).all())
    return at_most("#id in the database / one row by its key", ours / theirs, NUMBER_MOST, "x")
