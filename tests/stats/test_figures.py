"""What a number counts: for whom, attributed to whom, in whose days. Cases C8, C10, A2, H7."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.access.figures.statistics import listed, statistics_agency
from app.extensions import transaction
from app.models import Agency, Report, ReportScope
from app.rules.errors import NotFound
from app.rules.reports.workflow import Action
from app.rules.zones import Zone
from app.stats.facts import CountingWay, facts
from app.stats.lists import criteria_of
from app.stats.measures import CHARTS, GROUPS, MEASURES, Attribution, CountSide, MeasureUnit, Rows
from app.stats.parts import Dim
from app.stats.periods import Period, Preset, preset
from app.stats.tables import FigureTable, table
from tests.stats.lives import live
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.world import World


@contextmanager
def at_work(app: Flask, world: World) -> Iterator[Play]:
    """People at work, and gone before a browser asks: a context that stays open would be shared."""
    with app.app_context():
        yield Play(world)


ALWAYS = Period(None, None, ZoneInfo("Asia/Jakarta"))
LATER = datetime(2026, 8, 1, tzinfo=UTC)
SignIn = Callable[[str | None], Person]


def counted(play: Play, name: str, slug: str, period: Period = ALWAYS) -> FigureTable:
    key = play.world.root if name == "root" else play.world.agencies[name]
    with transaction() as session:
        return table(session, session.get_one(Agency, key), period, CHARTS[slug], LATER)


def of_unit(found: FigureTable, key: int) -> dict[str, object]:
    return dict(next(row.values for row in found.rows if row.key == str(key)))


@pytest.mark.parametrize("slug", [slug for slug in CHARTS if CHARTS[slug].rows is not Rows.OFFICERS])
def test_every_chart_of_the_root_is_that_of_its_parts(play: Play, slug: str) -> None:
    """Case C8, for all charts and every number of reports and acts."""
    live(play, Random(7), 30)
    whole, a, b = (counted(play, name, slug) for name in ("root", "a", "b"))
    numbers = [name for name in whole.measures if MEASURES[name].unit is MeasureUnit.COUNT]
    assert numbers
    told = 0
    for name in numbers:
        all_of_it, parts = whole.total.values[name], [t.total.values[name] or 0 for t in (a, b)]
        by_unit = facts_of_root(play, slug, name)
        assert all_of_it == sum(parts) + by_unit, name
        told += parts[0] or 0
        if name in ("received", "number", "first", "hops"):
            assert parts[0] not in {0, all_of_it}, "an officer of A never reads the whole nation's number"
    assert told


def facts_of_root(play: Play, slug: str, name: str) -> int:
    """What is the root's own, read from the table's row where it has units, else by its own reports."""
    found = counted(play, "root", slug)
    if found.chart.rows is Rows.UNITS:
        return int(of_unit(found, play.world.root)[name] or 0)  # type: ignore[call-overload]
    group = GROUPS["received" if name == "number" else name]
    with transaction() as session:
        query = select(func.count()).where(
            Report.holder_id == play.world.root, Report.state.in_(group.states)
        )
        if group.ended_by:
            query = query.where(Report.ended_by.in_(group.ended_by))
        return session.scalar(query) or 0


@pytest.mark.parametrize("name", ["root", "a", "b"])
def test_each_number_of_reports_leads_to_a_list_of_exactly_that_many(play: Play, name: str) -> None:
    live(play, Random(11), 30)
    key = play.world.root if name == "root" else play.world.agencies[name]
    checked = 0
    for slug, chart in CHARTS.items():
        found = counted(play, name, slug)
        for row in [*found.rows, found.total]:
            for measure in found.measures:
                group, number = MEASURES[measure].listed, row.values[measure]
                if not group:
                    continue
                assert MEASURES[measure].attribution is Attribution.VOLUME
                row_key = row.key
                if chart.rows is Rows.STATUSES and row.key:
                    row_key, group = "", row.key
                with transaction() as session:
                    actor = play.world.actor(session, "pusat" if name == "root" else name)
                    agency = session.get_one(Agency, key)
                    where = criteria_of(session, actor, agency, ALWAYS, slug, chart, row_key, group)
                    rows = listed(session, actor, *where, after=None, limit=1000)
                assert len(rows) == number, (slug, row.key, measure)
                checked += bool(number)
    assert checked > 20


def test_performance_stays_with_the_agency_at_the_act(play: Play) -> None:
    """A1 answers in time, gives the report back, and B1 is late with it: each keeps its own."""
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    play.later(days=1)
    play.follow_up(report, by="a1")
    request = play.ask(report, by="a1", action=Action.HAND_BACK, suggest="b1")
    play.later(hours=12)
    play.accept(request, by="a", to="a2")
    play.later(days=20)
    play.follow_up(report, by="a2")

    a1, a2, a = (play.world.agencies[name] for name in ("a1", "a2", "a"))
    waits = counted(play, "a", "tindak-lanjut")
    assert of_unit(waits, a1) | {"first_mean": 0} == {
        "first": 1,
        "first_median": 1.0,
        "first_mean": 0,
        "on_time": 100.0,
    }
    assert of_unit(waits, a2)["on_time"] == 0.0
    assert of_unit(waits, a2)["first_median"] == 20.0
    # The mean of the two in the middle, and the mean of the two.
    assert waits.total.values["first_median"] == 10.5
    moves = counted(play, "a", "perpindahan")
    assert (of_unit(moves, a1)["hand_backs"], of_unit(moves, a1)["hops"]) == (1, 1)
    assert (of_unit(moves, a2)["hand_backs"], of_unit(moves, a2)["hops"]) == (0, 1)
    assert of_unit(counted(play, "a", "keputusan"), a)["decision_median"] == 0.5
    # The report itself is where it lies.
    state = counted(play, "a", "pengelolaan")
    assert (of_unit(state, a1)["received"], of_unit(state, a2)["received"]) == (0, 1)


def test_what_the_timer_closed_is_counted_apart(play: Play) -> None:
    timer, decided, own = play.in_progress("a"), play.in_progress("a"), play.in_progress("a")
    play.decide(decided, by="pusat", action=Action.CLOSE)
    play.close_own(own)
    play.later(days=12)
    play.run_jobs()
    assert play.report(timer).ended_by == "system"
    for slug in ("pengelolaan", "bulan"):
        found = counted(play, "a", slug).total.values
        assert (found["closed_people"], found["closed_system"]) == (2, 1), slug
    by_status = {row.key: row.values["number"] for row in counted(play, "a", "status").rows}
    assert (by_status["closed_people"], by_status["closed_system"]) == (2, 1)


def test_each_admin_has_what_they_did(play: Play) -> None:
    first, second = play.verified("a1"), play.verified("a1")
    play.follow_up(first, by="a1")
    play.follow_up(second, by="a1b")
    play.follow_up(second, by="a1b")
    play.comment(second, by="a1b")
    play.ask(second, by="a1", action=Action.CLOSE)
    with transaction() as session:
        keys = {name: str(play.world.account(session, name).id) for name in ("a1", "a1b")}
    rows = {row.key: row.values for row in counted(play, "a1", "admin").rows}
    assert rows[keys["a1"]] == {"follow_ups": 1, "dispatched": 0, "asked": 1, "other_acts": 0, "acts": 2}
    assert rows[keys["a1b"]]["acts"] == 2
    # Those of the units below are not among the admins of A.
    assert not {keys["a1"], keys["a1b"]} & {row.key for row in counted(play, "a", "admin").rows}


def test_secret_anonymous_and_redacted_reports_are_counted(play: Play) -> None:
    """Case H7: taking texts away changes no number."""
    for more in ({}, {"is_secret": True}, {"is_anonymous": True}):
        play.verified("a", **more)
    with transaction() as session:
        before = session.scalar(select(func.count()).select_from(Report))
        session.execute(update(Report).values(text="", title="", original_text=""))
    assert before == 3
    assert counted(play, "a", "status").total.values["number"] == 3


def test_days_are_cut_in_the_zone_of_the_agency(play: Play) -> None:
    """Case A2: 16.30 UTC on 31 May is still May in Jakarta and already June in Jayapura."""
    play.now = datetime(2026, 5, 31, 16, 30, tzinfo=UTC)
    play.verified("a")
    with transaction() as session:
        session.execute(update(Agency).where(Agency.id == play.world.b).values(zone=Zone.WIT))
    play.verified("b")
    found = {}
    for name, zone in (("a", Zone.WIB), ("b", Zone.WIT)):
        may = Period(date(2026, 5, 1), date(2026, 5, 31), ZoneInfo(zone.value))
        found[name] = counted(play, name, "status", may).total.values["number"]
        month = [row.key for row in counted(play, name, "bulan").rows]
        assert month == ["2026-05" if name == "a" else "2026-06"]
    assert found == {"a": 1, "b": 0}


def test_presets_are_whole_months_and_years() -> None:
    zone, today = ZoneInfo("Asia/Jakarta"), date(2026, 3, 5)
    found = {each: preset(each, today, zone) for each in Preset if each is not Preset.FREE}
    assert (found[Preset.THIS_MONTH].since, found[Preset.THIS_MONTH].until) == (
        date(2026, 3, 1),
        date(2026, 3, 31),
    )
    assert (found[Preset.LAST_MONTH].since, found[Preset.LAST_MONTH].until) == (
        date(2026, 2, 1),
        date(2026, 2, 28),
    )
    assert (found[Preset.THIS_YEAR].since, found[Preset.THIS_YEAR].until) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert (found[Preset.THIRTY_DAYS].since, found[Preset.THIRTY_DAYS].until) == (date(2026, 2, 4), today)
    assert found[Preset.ALL].range.start is None


def test_nobody_reads_figures_beside_or_above(play: Play) -> None:
    with transaction() as session:
        reads = {
            name: {
                other
                for other, key in {**play.world.agencies, "root": play.world.root}.items()
                if _reads(session, play.world.actor(session, name), key)
            }
            for name in ("pusat", "supervisor", "statistik", "a", "a1", "b1", "warga")
        }
    everything = {"root", "a", "a1", "a2", "a3", "b", "b1"}
    assert reads["pusat"] == reads["supervisor"] == reads["statistik"] == everything
    assert (reads["a"], reads["a1"], reads["b1"]) == ({"a", "a1", "a2", "a3"}, {"a1"}, {"b1"})
    assert reads["warga"] == set()


def _reads(session, actor, key) -> bool:  # type: ignore[no-untyped-def]
    try:
        return statistics_agency(session, actor, key).id == key
    except NotFound:
        return False


# Over HTTP.

TOTAL = re.compile(r"<tfoot>.*?<td data-label=\"Jumlah laporan\">(?:<a[^>]*>)?(\d+)", re.DOTALL)
ASKED = "/monitor/statistik/pemanfaatan-data/?data=status&periode=semua"


def total(person: Person, url: str = ASKED) -> int:
    page = person.get(url).get_data(as_text=True)
    return int(TOTAL.search(page)[1])  # type: ignore[index]


def test_two_accounts_that_alternate_keep_their_numbers(app: Flask, world: World, sign_in: SignIn) -> None:
    """Case C10."""
    with at_work(app, world) as play:
        for name, number in (("a", 3), ("b", 2), ("a1", 1)):
            for _ in range(number):
                play.verified(name)
    readers = {name: sign_in(name) for name in ("a", "b", "pusat", "a1", "statistik")}
    for _ in range(3):
        assert {name: total(reader) for name, reader in readers.items()} == {
            "a": 4,
            "b": 2,
            "pusat": 6,
            "a1": 1,
            "statistik": 6,
        }


def test_a_foreign_agency_in_the_address_is_none(app: Flask, world: World, sign_in: SignIn) -> None:
    """Case C4: in the page, the file, the list."""
    with at_work(app, world) as play:
        play.verified("b")
    officer, other = sign_in("a"), sign_in("b")
    for url in (
        "/monitor/statistik/pemanfaatan-data/?data=status",
        "/monitor/statistik/tabel.csv?data=status",
        "/monitor/laporan/?data=status",
    ):
        for key in (world.b, world.root, 987654):
            assert officer.get(f"{url}&instansi={key}").status_code == 404, url
        assert other.get(f"{url}&instansi={world.b}").status_code == 200, url


def test_who_reads_no_report_has_no_link_and_no_name(app: Flask, world: World, sign_in: SignIn) -> None:
    with at_work(app, world) as play:
        report = play.in_progress("a")
    boss, figures_only = sign_in("pusat"), sign_in("statistik")
    for slug, chart in CHARTS.items():
        url = f"/monitor/statistik/{chart.side}/?data={slug}&periode=semua"
        page = figures_only.get(url).get_data(as_text=True)
        assert "/monitor/laporan/" not in page
        assert f"#{report}<" not in page
        if MEASURES[chart.measures[0]].listed:
            assert "/monitor/laporan/" in boss.get(url).get_data(as_text=True), slug
    admin = f"/monitor/statistik/pengelolaan-laporan/?data=admin&periode=semua&instansi={world.a}"
    assert "Petugas A" in boss.get(admin).get_data(as_text=True)
    assert "Petugas" not in figures_only.get(admin).get_data(as_text=True).split("<main")[1]
    assert "Admin 1" in figures_only.get(admin).get_data(as_text=True)
    sheet = f"/monitor/statistik/tabel.csv?data=admin&periode=semua&instansi={world.a}"
    assert "Petugas" not in figures_only.get(sheet).get_data(as_text=True)


def test_the_list_behind_a_number_goes_on_page_by_page(app: Flask, world: World, sign_in: SignIn) -> None:
    with at_work(app, world) as play:
        made = {play.verified("a") for _ in range(27)}
    officer, url = sign_in("a"), "/monitor/laporan/?data=status&status=waiting&periode=semua"
    seen: list[int] = []
    while url:
        page = officer.get(url).get_data(as_text=True)
        seen += [int(n) for n in re.findall(r'<article class="card.*?#(\d+)<', page, re.DOTALL)]
        onward = re.search(r'href="([^"]*)" rel="next"', page)
        url = onward[1].replace("&amp;", "&") if onward else ""
    assert len(seen) == 27
    assert set(seen) == made


@pytest.mark.parametrize("slug", CHARTS)
def test_a_page_asks_at_most_ten_queries(app: Flask, world: World, sign_in: SignIn, slug: str) -> None:
    with at_work(app, world) as play:
        live(play, Random(5), 6)
    person = sign_in("a")
    url = f"/monitor/statistik/{CHARTS[slug].side}/?data={slug}&periode=30-hari"
    person.get(url)
    with QueryCounter(app) as queries:
        assert person.get(url).status_code == 200
    assert queries.count <= 10, queries.statements


@pytest.mark.parametrize(
    "query",
    [
        "periode=kapan",
        "periode=bebas",
        "periode=bebas&dari=2026-02-30&sampai=2026-03-01",
        "periode=bebas&dari=2026-03-02&sampai=2026-03-01",
        "periode=bebas&dari=0001-01-01&sampai=9999-12-31",
        "periode=bebas&dari=2026-03-02%00&sampai=x",
        "instansi_query=tidak+ada+itu",
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_shown(
    app: Flask, world: World, sign_in: SignIn, query: str
) -> None:
    officer = sign_in("a")
    answer = officer.get(f"/monitor/statistik/pemanfaatan-data/?data=status&{query}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "field__error" in page
    assert "figure-json" not in page
    assert officer.get(f"/monitor/statistik/tabel.csv?data=status&{query}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "?data=tidak-ada",
        "?data=status",  # of the other side
        "?instansi=x",
        "lain/",
    ],
)
def test_an_address_of_nothing_is_404(app: Flask, world: World, sign_in: SignIn, path: str) -> None:
    assert sign_in("a").get(f"/monitor/statistik/{path}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "data=kategori&kunci=x",
        "data=klasifikasi&kunci=x",
        "data=sumber&kunci=-",
        "data=bulan&kunci=2026-13",
        "data=bulan&kunci=0000-01",
        "data=bulan&kunci=0001-01",
        "data=bulan&kunci=9999-12",
        "data=pengelolaan&kunci=1",
        "data=admin",
        "status=x",
        "setelah=1",
        "setelah=999999999999999999.1",
    ],
)
def test_a_list_of_nothing_is_refused(app: Flask, world: World, sign_in: SignIn, query: str) -> None:
    assert sign_in("a").get(f"/monitor/laporan/?{query}").status_code in (400, 404)


def test_a_typed_name_finds_an_agency_of_ones_own_tree(app: Flask, world: World, sign_in: SignIn) -> None:
    with at_work(app, world) as play:
        play.verified("a1")
    officer = sign_in("a")
    url = f"/monitor/statistik/pemanfaatan-data/?data=status&periode=semua&instansi={world.a}"
    assert total(officer, f"{url}&instansi_query=Unit+A1") == 1
    assert total(officer, f"{url}&instansi_query=Unit+A2") == 0
    page = officer.get(f"{url}&instansi_query=Unit").get_data(as_text=True)
    assert 'name="instansi_choice"' in page
    assert "Unit B1" not in page
    assert "figure-json" not in page
    assert "Unit B1" not in officer.get("/monitor/statistik/instansi?q=unit").get_data(as_text=True)


def test_the_file_says_what_the_page_says(app: Flask, world: World, sign_in: SignIn) -> None:
    officer = sign_in("a")
    with at_work(app, world) as play:
        play.in_progress("a1")
        with transaction() as session:
            session.execute(update(Agency).where(Agency.id == world.a1).values(name="=HYPERLINK(1)"))
    answer = officer.get("/monitor/statistik/tabel.csv?data=pengelolaan&periode=semua")
    text = answer.get_data().decode("utf-8-sig")
    assert "'=HYPERLINK(1),1,0,0,1,0,0,0,100.0" in text
    assert "WIB" in text
    assert MEASURES["received"].says in text


def test_every_chart_has_its_page_for_a_reader_without_data(
    app: Flask, world: World, sign_in: SignIn
) -> None:
    officer = sign_in("a2")
    for slug, chart in CHARTS.items():
        for side in CountSide:
            answer = officer.get(f"/monitor/statistik/{side}/?data={slug}&periode=semua")
            assert answer.status_code == (200 if chart.side is side else 404)


def test_the_sum_over_scope_and_the_sum_over_the_tree_agree(play: Play) -> None:
    """Reports held below A are those that A sees through its units: the list can have them all."""
    live(play, Random(3), 20)
    with transaction() as session:
        agency = session.get_one(Agency, play.world.a)
        number = sum(facts(session, agency, ALWAYS, [Dim.STATUS], CountingWay.DIRECT)[Dim.STATUS].values())
        seen = session.scalar(
            select(func.count(ReportScope.report_id.distinct())).where(ReportScope.agency_id == agency.id)
        )
        assert 0 < number <= (seen or 0)
