"""Pemantauan and its digests: what waits now, below whom, and who is written to when. Cases A4, F7."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.jobs.figures import plan_digests
from app.models import Account, Agency, DayOff, DigestMute, OutboxMessage
from app.rules.inbox.digests import Digest, due
from app.rules.reports.workflow import Action
from app.services.inbox import digests
from app.services.inbox.mail.letter import Letter, Site
from app.stats.monitoring import MonitoringLine, arranged, overview
from app.stats.periods import Period
from tests.stats.test_figures import at_work
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.world import WIB, World

ALWAYS = Period(None, None, ZoneInfo("Asia/Jakarta"))
SITE = Site("https://lapor.example.com", "lapor@lapor.example.com", "LAPOR!", "x")
SignIn = Callable[[str | None], Person]
# The play begins on Monday 8 June 2026: due on the 15th; four working days before this one, the 16th is free.
LATE = datetime(2026, 6, 22, 8, tzinfo=WIB)  # a Monday


def lines(play: Play, name: str, now: datetime) -> dict[int, MonitoringLine]:
    with transaction() as session:
        agency = session.get_one(Agency, play.world.agencies[name])
        return {line.agency_id: line for line in overview(session, agency, ALWAYS, now).lines}


def test_each_unit_has_its_line_with_what_waits_now(play: Play) -> None:
    old = play.verified("a1")
    play.later(days=1)
    play.verified("a1")
    done = play.in_progress("a2")
    play.follow_up(done, by="a2")
    found = lines(play, "a", LATE)
    a1, a2, a3, a = (found[play.world.agencies[name]] for name in ("a1", "a2", "a3", "a"))
    assert (a1.values["received"], a1.values["waiting"], a1.now.waiting, a1.now.late) == (2, 2, 2, 2)
    assert a1.now.oldest == play.report(old).verified_at
    assert (a2.values["progress"], a2.values["followed_share"], a2.now.late) == (1, 100.0, 0)
    assert (a2.values["first_mean"], a1.values["first_mean"]) == (0.0, None)
    # Only A3 has no officer.
    assert (a1.now.unstaffed, a3.now.unstaffed, a.now.unstaffed) == (0, 1, 0)
    assert (a.itself, a.values["received"]) == (True, 0)
    # Seen from the top, A's line holds all of it.
    with transaction() as session:
        root = session.get_one(Agency, play.world.root)
        whole = overview(session, root, ALWAYS, LATE)
    top = next(line for line in whole.lines if line.agency_id == play.world.a)
    assert (top.values["received"], top.now.late, top.now.unstaffed) == (3, 2, 1)
    assert (whole.late, whole.unstaffed) == (2, 1)


def test_a_held_report_is_not_late(play: Play) -> None:
    report = play.in_progress("a1")
    play.decide(report, by="pusat", action=Action.HOLD)
    assert lines(play, "a", LATE)[play.world.a1].now.late == 0


def test_the_last_sign_in_of_a_unit_is_that_of_any_of_its_officers(play: Play) -> None:
    with transaction() as session:
        for name, hour in (("a1", 3), ("a1b", 5)):
            play.world.account(session, name).last_login = datetime(2026, 6, 8, hour)  # noqa: DTZ001 as FAB keeps it
    assert lines(play, "a", LATE)[play.world.a1].now.signed_in == datetime(2026, 6, 8, 5, tzinfo=UTC)
    assert lines(play, "a", LATE)[play.world.a2].now.signed_in is None


def test_lines_are_sorted_and_what_has_no_value_comes_last(play: Play) -> None:
    play.verified("a2")
    play.in_progress("a1")
    found = list(lines(play, "a", LATE).values())
    names = [line.name for line in arranged(found, "late", descending=True)]
    assert names[0] == "Unit A2"
    for down in (True, False):
        by_mean = arranged(found, "first_mean", descending=down)
        assert by_mean[0].name == "Unit A1"
        assert arranged(found, "oldest", descending=down)[0].name == "Unit A2"
    by_name = [line.name for line in arranged(found, "name", descending=False)]
    assert by_name == sorted(by_name)


def test_the_page_sorts_drills_down_and_is_a_file(app: Flask, world: World, sign_in: SignIn) -> None:
    with at_work(app, world) as play:
        play.verified("a2")
    officer = sign_in("a")
    page = officer.get("/monitor/pemantauan/").get_data(as_text=True)
    names = re.findall(r'figures__name">(?:<a[^>]*>)?([^<]+)<', page)
    assert names[0] == "Unit A2"
    assert names[-1] == "Jumlah"
    assert f"instansi={world.a2}" in page
    assert 'aria-sort="descending"' in page
    turned = officer.get("/monitor/pemantauan/?urut=nama&arah=naik").get_data(as_text=True)
    sorted_names = re.findall(r'figures__name">(?:<a[^>]*>)?([^<]+)<', turned)[:-1]
    assert sorted_names == sorted(sorted_names)
    sheet = officer.get("/monitor/pemantauan/pemantauan.csv").get_data().decode("utf-8-sig")
    assert "\r\nUnit A2,0,1,0,0,0,0,1,0.0,," in sheet
    assert officer.get("/monitor/pemantauan/?urut=x").status_code == 400
    below = sign_in("a1").get("/monitor/pemantauan/").get_data(as_text=True)
    assert "tidak memiliki unit di bawahnya" in below


def test_the_page_asks_at_most_ten_queries(app: Flask, world: World, sign_in: SignIn) -> None:
    with at_work(app, world) as play:
        play.verified("a2")
    for name in ("a", "pusat"):
        person = sign_in(name)
        person.get("/monitor/pemantauan/")
        with QueryCounter(app) as queries:
            assert person.get("/monitor/pemantauan/").status_code == 200
        assert queries.count <= 10, queries.statements


def test_who_reads_figures_alone_has_no_links_and_no_mails(app: Flask, world: World, sign_in: SignIn) -> None:
    with at_work(app, world) as play:
        play.verified("a2")
    page = sign_in("statistik").get("/monitor/pemantauan/").get_data(as_text=True)
    assert "Instansi A" in page
    assert "/monitor/laporan/" not in page
    assert "/monitor/surel-ringkasan/" not in page
    assert sign_in("statistik").get("/monitor/surel-ringkasan/").status_code == 403


# Digests.


@pytest.mark.parametrize(
    ("day", "free", "wanted"),
    [
        (date(2026, 6, 22), (), {Digest.DAILY, Digest.WEEKLY}),
        (date(2026, 6, 23), (), {Digest.DAILY}),
        (date(2026, 6, 23), (date(2026, 6, 22),), {Digest.DAILY, Digest.WEEKLY}),
        (date(2026, 6, 22), (date(2026, 6, 22),), set()),
        (date(2026, 6, 27), (), set()),
    ],
)
def test_which_digests_a_day_has(day: date, free: tuple[date, ...], wanted: set[Digest]) -> None:
    assert due(day, lambda each: each.weekday() < 5 and each not in free) == wanted


def told(now: datetime) -> dict[str, Letter]:
    """Run the job and deliver everything: e-mail -> letter."""
    plan_digests(now)
    letters = {}
    for topic in (digests.AGENCY_TOPIC, digests.MAIL_TOPIC):
        with transaction() as session:
            rows = session.scalars(
                select(OutboxMessage).where(OutboxMessage.topic == topic, OutboxMessage.sent_at.is_(None))
            )
            for row in list(rows):
                made = digests.TOPICS[topic](session, row, SITE, now)
                row.sent_at = now
                if made is not None:
                    assert made.address not in letters, "one mail for each"
                    letters[made.address] = made
    return letters


def email(name: str) -> str:
    return f"{name}@contoh.example.com"


def test_the_first_morning_of_the_week_sums_up_the_units_below(play: Play) -> None:
    report = play.verified("a1")
    found = told(LATE)
    assert set(found) == {email(name) for name in ("a1", "a1b", "a", "pusat", "pusat2")}
    assert f"#{report}, terlambat 4 hari kerja" in found[email("a1")].text
    assert "Unit A1: 1 menunggu, 1 terlambat" in found[email("a")].text
    assert "Instansi A: 1 menunggu, 1 terlambat, 1 instansi tanpa" in found[email("pusat")].text
    assert f"#{report}" not in found[email("a")].text
    assert "Unit A1" not in found[email("a1")].text.split("\n\n", 2)[2].replace("di Unit A1", "")
    assert told(LATE + timedelta(hours=1)) == {}, "once a day"
    # The day after: what is late, to whom it is late.
    assert set(told(LATE + timedelta(days=1))) == {email("a1"), email("a1b")}


def test_nothing_goes_out_at_night_on_free_days_or_when_there_is_nothing(play: Play) -> None:
    report = play.verified("a1")
    with transaction() as session:
        session.add(DayOff(day=date(2026, 6, 23), name="Libur daerah", agency_id=play.world.a))
    assert told(LATE.replace(hour=6)) == {}
    assert told(LATE.replace(hour=20)) == {}
    assert told(datetime(2026, 6, 20, 9, tzinfo=WIB)) == {}  # Saturday
    assert told(datetime(2026, 6, 23, 9, tzinfo=WIB)) == {}
    play.now = datetime(2026, 6, 23, 12, tzinfo=WIB)
    play.follow_up(report, by="a1")
    assert told(datetime(2026, 6, 24, 9, tzinfo=WIB)) == {}


def test_what_was_settled_before_delivery_is_not_told(play: Play) -> None:
    """Case F7: one officer has acted."""
    report = play.verified("a1")
    morning = LATE + timedelta(days=1)
    plan_digests(morning)
    play.now = morning
    play.follow_up(report, by="a1b")
    assert told(morning) == {}


def test_a_digest_that_was_held_up_is_not_sent_the_next_day(play: Play) -> None:
    play.verified("a1")
    plan_digests(LATE)
    with transaction() as session:
        row = session.scalars(
            select(OutboxMessage).where(
                OutboxMessage.topic == digests.AGENCY_TOPIC,
                OutboxMessage.payload["agency"].as_integer() == play.world.a1,
            )
        ).one()
        digests.hear(session, row, SITE, LATE)
    with transaction() as session:
        row = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == digests.MAIL_TOPIC)).first()
        assert row is not None
        assert digests.letter(session, row, SITE, LATE) is not None
        assert digests.letter(session, row, SITE, LATE + timedelta(days=1)) is None


def test_late_reports_of_a_unit_without_an_officer_are_told_to_who_acts_for_it(play: Play) -> None:
    report = play.verified("a3")
    found = told(LATE + timedelta(days=1))
    assert set(found) == {email("a")}
    assert f"#{report}," in found[email("a")].text


def test_a_digest_can_be_muted_by_a_person_and_for_the_agency(
    app: Flask, world: World, sign_in: SignIn
) -> None:
    with at_work(app, world) as play:
        play.verified("a1")
    url = "/monitor/surel-ringkasan/"
    ticks = {"mine_weekly": "y", "agency_daily": "y", "agency_weekly": "y"}
    assert sign_in("a1b").send(url, ticks).status_code == 303
    with at_work(app, world):
        assert set(told(LATE + timedelta(days=1))) == {email("a1")}
    page = sign_in("a1b").get(url).get_data(as_text=True)
    assert re.search(r'name="mine_daily"(?![^>]*checked)', page)
    assert re.search(r"<input checked[^>]*mine_weekly", page)
    both = {"mine_daily": "y", "mine_weekly": "y", "agency_weekly": "y"}
    assert sign_in("a1").send(url, both).status_code == 303
    with at_work(app, world):
        assert told(LATE + timedelta(days=2)) == {}
        with transaction() as session:
            rows = session.execute(select(DigestMute.agency_id, DigestMute.user_id, DigestMute.digest)).all()
            a1b = session.scalars(select(Account.id).where(Account.email == email("a1b"))).one()
        assert {tuple(row) for row in rows} == {(None, a1b, "daily"), (world.a1, None, "daily")}
