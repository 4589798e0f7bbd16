"""Pencarian Lebih Lanjut: every filter with a hit and a miss (case R4), and none that opens a door (case C4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.extensions import db, transaction
from app.models import Category, Report
from app.rules.reports.codes import Channel, Classification
from app.rules.reports.workflow import Action, State
from app.search.filters import Filters, received_marks
from app.services.system import reference
from tests.support.play import Play
from tests.support.seeking import Seat, dispatched
from tests.support.world import WIB

Seats = Callable[[str], Seat]
TEXT = "Lampu padam di depan pasar."


@pytest.fixture
def made(play: Play) -> dict[str, int]:
    """A plain report, and for each filter one that differs from it in that alone."""
    session = db.session()
    category = session.get_one(Category, play.world.category)
    other = session.scalars(
        select(Category.id).where(
            Category.parent_id.is_not(None),
            Category.parent_id != category.parent_id,
            Category.retired_at.is_(None),
        )
    ).first()
    found = {"plain": dispatched(play, TEXT)}
    play.later(days=1)
    found["later"] = dispatched(play, TEXT)
    play.later(days=-1)
    found["aspiration"] = play.file(text=TEXT)
    play.verify_as(found["aspiration"], title="Usul", text=TEXT, classification=Classification.ASPIRATION)
    found["category"] = play.file(text=TEXT)
    play.verify_as(found["category"], title="Lain", text=TEXT, category_id=other)
    found["area"] = play.file(text=TEXT)
    play.verify_as(found["area"], title="Wilayah", text=TEXT, area_code="35.78.01")
    found["sms"] = dispatched(play, TEXT, source=Channel.SMS)
    found["below"] = dispatched(play, TEXT)
    play.forward(found["below"], by="a", to="a1")
    for name in ("held", "asked", "progress"):
        found[name] = dispatched(play, TEXT)
        play.follow_up(found[name], by="a")
    play.decide(found["held"], by="pusat", action=Action.HOLD)
    play.ask(found["asked"], by="a", action=Action.CLOSE)
    found["file"] = dispatched(play, TEXT)
    play.attach(found["file"], by="a")
    found["rated"] = dispatched(play, TEXT)
    with transaction() as session:
        session.get_one(Report, found["rated"]).rating = 2
    return found


def test_every_filter_has_its_hit_and_its_miss(play: Play, seat: Seats, made: dict[str, int]) -> None:
    session = db.session()
    main = session.get_one(Category, play.world.category).parent_id
    start = play.now.astimezone(WIB).replace(hour=0, minute=0)
    every = set(made)
    world = play.world

    def found(words: str, filters: Filters) -> set[str]:
        names = {key: name for name, key in made.items()}
        return {names[key] for key in seat("a").ids(words, filters=filters, limit=50)}

    cases: list[tuple[Filters, set[str]]] = [
        (Filters(), every),
        (Filters(since=start + timedelta(days=1)), {"later"}),
        (Filters(until=start + timedelta(days=1)), every - {"later"}),
        (Filters(since=start + timedelta(days=1), until=start + timedelta(days=2)), {"later"}),
        (Filters(since=start - timedelta(days=9), until=start), set()),
        (Filters(since=start - timedelta(days=4000), until=start + timedelta(days=1)), every - {"later"}),
        (Filters(state=State.IN_PROGRESS), {"held", "asked", "progress"}),
        (Filters(state=State.CLOSED), set()),
        (Filters(classification=Classification.ASPIRATION), {"aspiration"}),
        (Filters(classification=Classification.INFORMATION), set()),
        (Filters(category_id=world.category), every - {"category"}),
        (Filters(category_id=main), every - {"category"}),
        (Filters(category_id=10**9), set()),
        (Filters(area_code="35.78.01"), {"area"}),
        (Filters(area_code="35.78"), {"area"}),
        (Filters(area_code="35"), {"area"}),
        (Filters(area_code="35.7"), set()),
        (Filters(area_code="11"), set()),
        (Filters(source=Channel.SMS), {"sms"}),
        (Filters(source=Channel.HOTLINE), set()),
        (Filters(holder_id=world.a), every - {"below"}),
        (Filters(holder_id=world.a, below=True), every),
        (Filters(holder_id=world.a1), {"below"}),
        (Filters(holder_id=world.a2, below=True), set()),
        (Filters(held=True), {"held"}),
        (Filters(held=True, state=State.WAITING), set()),
        (Filters(asked=True), {"asked"}),
        (Filters(with_file=True), {"file"}),
        (Filters(rating=2), {"rated"}),
        (Filters(rating=5), set()),
        (Filters(late=True), set()),
    ]
    for filters, wanted in cases:
        for words in ("lampu", ""):
            assert found(words, filters) == wanted, (filters, words)
        assert found("banjir", filters) == set(), filters
    play.later(days=30)
    late = found("lampu", Filters(late=True))
    assert late >= {"plain", "later", "below"}
    assert "held" not in late, "while it is held no clock runs"


def test_a_foreign_agency_in_the_address_shows_nothing(play: Play, seat: Seats, made: dict[str, int]) -> None:
    """Case C4."""
    foreign = dispatched(play, TEXT, to="b")
    for holder in (play.world.b, play.world.b1, play.world.root):
        for below in (False, True):
            ids = seat("a").ids("lampu", filters=Filters(holder_id=holder, below=below), limit=50)
            assert foreign not in ids
            assert ids == [] or (holder == play.world.root and below)
    assert seat("b").ids("lampu", filters=Filters(holder_id=play.world.b)) == [foreign]
    assert seat("b").ids("lampu", filters=Filters(holder_id=play.world.a, below=True)) == []


def test_a_category_that_moves_takes_its_reports_along(play: Play, seat: Seats) -> None:
    report = dispatched(play, TEXT)
    session = db.session()
    before = session.get_one(Category, play.world.category).parent_id
    other = session.scalars(
        select(Category.id).where(
            Category.parent_id.is_(None), Category.id != before, Category.retired_at.is_(None)
        )
    ).first()
    with play.by("pusat") as (session, actor):
        name = session.get_one(Category, play.world.category).name
        reference.change_category(session, actor, play.world.category, other, name, play.now, offered=True)
    assert seat("a").ids("lampu", filters=Filters(category_id=other)) == [report]
    assert seat("a").ids("lampu", filters=Filters(category_id=before)) == []


def test_months_that_a_range_touches_in_any_zone() -> None:
    from datetime import UTC, datetime

    first = datetime(2026, 1, 31, 20, tzinfo=UTC)
    assert received_marks(first, first + timedelta(hours=1)) == ("_m202601", "_m202602")
    assert received_marks(first, datetime(2029, 1, 2, tzinfo=UTC)) == ("_y2026", "_y2027", "_y2028", "_y2029")
    assert received_marks(first, first - timedelta(days=40)) == ("_never",)


def test_every_filter_finds_a_copy_as_it_finds_the_report(play: Play, seat: Seats) -> None:
    """Who reads a copy is narrowed by no mark that only the whole report's document has."""
    report = play.file(text=TEXT)
    play.verify_as(report, title="Lampu", text=TEXT, to="a", area_code="35.78.01")
    play.forward(report, by="a", to="a1", copies=("b1",))
    world, start = play.world, play.now
    with transaction() as session:
        session.get_one(Report, report).rating = 2
    hits = [
        Filters(state=State.WAITING),
        Filters(holder_id=world.a1),
        Filters(holder_id=world.a1, below=True),
        Filters(holder_id=world.a, below=True),
        Filters(area_code="35.78"),
        Filters(category_id=world.category),
        Filters(rating=2),
        Filters(since=start - timedelta(days=40), until=start + timedelta(days=1)),
    ]
    misses = [Filters(state=State.CLOSED), Filters(holder_id=world.b, below=True), Filters(late=True)]
    for name in ("a1", "b1"):
        for words in ("lampu", ""):
            for filters in hits:
                assert seat(name).ids(words, filters=filters) == [report], (name, words, filters)
            for filters in misses:
                assert seat(name).ids(words, filters=filters) == [], (name, words, filters)
    play.later(days=30)
    for name in ("a1", "b1"):
        assert seat(name).ids("lampu", filters=Filters(late=True)) == [report], name
