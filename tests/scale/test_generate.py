"""`flask lapor generate`: a nation that the application itself finds in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.extensions import db
from app.models import (
    Account,
    Agency,
    AgencyTree,
    FollowUp,
    JobRun,
    OutboxMessage,
    Report,
    ReportClock,
    ReportScope,
    Request,
)
from app.rules.reports.codes import RequestStatus
from app.rules.reports.tabs import Reach
from app.rules.reports.workflow import OPEN_STATES, State
from app.scale import catalogue, generate, lives, words
from app.scale.tree import DISSOLVED, GIANT, PARENT
from tests.support.databases import dispose
from tests.support.http import hidden_fields
from tests.support.nation import GENERATE, REPORTS, officer, seeded

_nations: dict[str, Flask] = {}
CASTS = re.compile(r"::(text|character varying)(\[\])?|[()]")


@pytest.fixture
def nation(backend: str, shared: Path, worker_id: str) -> Flask:
    if backend not in _nations:
        app = seeded(shared, backend, f"nation_{worker_id}")
        made = app.test_cli_runner().invoke(args=GENERATE)
        assert made.exit_code == 0, made.output
        assert "disk needed: about" in made.output
        _nations[backend] = app
    return _nations[backend]


def key_of(name: str) -> int:
    return db.session.scalars(select(Agency.id).where(Agency.name == name)).one()


def number(*criteria: object) -> int:
    return db.session.scalar(select(func.count()).select_from(Report).where(*criteria)) or 0  # type: ignore[arg-type]


def test_who_sees_each_report_is_what_the_rules_say(nation: Flask) -> None:
    runner = nation.test_cli_runner()
    assert runner.invoke(args=["lapor", "check-scope"]).output == f"reports: {REPORTS}, differing: 0\n"
    assert (
        runner.invoke(args=["lapor", "check-scope", "--sample", "40"]).output == "reports: 40, differing: 0\n"
    )


def test_the_search_index_is_what_the_desk_would_write(nation: Flask) -> None:
    output = nation.test_cli_runner().invoke(args=["lapor", "reindex", "--check"]).output
    assert output == f"reports: {REPORTS}, differing: 0\n"


def test_deadlines_are_those_of_the_rules(nation: Flask) -> None:
    with nation.app_context():
        clocks = db.session.scalars(select(ReportClock).where(ReportClock.outcome.is_(None))).all()
        # A clock that stands still moves with each day of the hold.
        paused = sum(bool(clock.pauses) for clock in clocks)
    output = nation.test_cli_runner().invoke(args=["lapor", "recompute-deadlines"]).output
    assert 0 <= int(output.removeprefix("deadlines moved: ")) <= paused < len(clocks) / 2


def test_the_skew_is_that_of_a_nation(nation: Flask) -> None:
    with nation.app_context():
        giant, dissolved, parent = key_of(GIANT), key_of(DISSOLVED), key_of(PARENT)
        assert 0.25 < number(Report.holder_id == giant) / REPORTS < 0.35
        assert 0.035 < number(Report.state.in_(OPEN_STATES)) / REPORTS < 0.065
        assert number(Report.holder_id == dissolved) > 0
        assert number(Report.holder_id == dissolved, Report.id >= REPORTS * lives.OLD_PART) == 0
        assert number(Report.holder_id == dissolved, Report.state.in_(OPEN_STATES)) == 0
        assert number(Report.holder_id == parent) == 0
        assert db.session.scalar(select(func.max(AgencyTree.depth))) == 5
        seen = select(func.count()).select_from(ReportScope).where(ReportScope.agency_id == parent)
        assert (db.session.scalar(seen.where(ReportScope.reach == Reach.BELOW.value)) or 0) > REPORTS / 4
        assert set(db.session.scalars(select(Report.state).distinct())) == set(State)
        assert set(db.session.scalars(select(Request.status).distinct())) == {
            RequestStatus.OPEN,
            RequestStatus.REJECTED,
        }


def test_nothing_is_told_to_anybody(nation: Flask) -> None:
    with nation.app_context():
        assert (
            db.session.scalar(select(func.count()).select_from(OutboxMessage).where(OutboxMessage.id <= 0))
            == 0
        )
        told = db.session.scalars(select(OutboxMessage.topic)).all()
    assert set(told) <= {"followed_up"}, "only what a test here did by hand may be told"


def test_officers_work_in_it(nation: Flask) -> None:
    """Worklists of several people open; a follow-up goes through like any other."""
    with nation.app_context():
        waiting = db.session.execute(
            select(Report.id, Account.id)
            .join(Account, Account.agency_id == Report.holder_id)
            .where(Report.state == State.WAITING)
            .limit(1)
        ).one()
        people = db.session.scalars(select(Account.id).order_by(Account.id).limit(6)).all()
    for person in people:
        page = officer(nation, person).get("/laporan/kelola/sedang-diproses/?cakupan=bawahan")
        assert page.status_code == 200
    assert 'class="card' in page.get_data(as_text=True)
    report_id, holder = waiting
    client = officer(nation, holder)
    assert client.get(f"/laporan/{report_id}/").status_code == 200
    url = f"/laporan/{report_id}/tindak-lanjut/"
    form = hidden_fields(client.get(url).get_data(as_text=True))
    assert client.post(url, data={**form, "text": "Sedang kami perbaiki."}).status_code == 303
    with nation.app_context():
        answers = select(FollowUp.text).where(FollowUp.report_id == report_id)
        assert db.session.scalars(answers).all() == ["Sedang kami perbaiki."]
        assert db.session.get_one(Report, report_id).state is State.IN_PROGRESS


def test_a_second_run_adds_nothing_and_other_numbers_are_refused(nation: Flask) -> None:
    runner = nation.test_cli_runner()
    again = runner.invoke(args=GENERATE)
    assert (again.exit_code, "already generated" in again.output) == (0, True)
    other = runner.invoke(args=[*GENERATE, "--seed", "4"])
    assert (other.exit_code, "other numbers" in other.output) == (1, True)
    with nation.app_context():
        assert number() == REPORTS


def test_data_of_ones_own_is_refused(app: Flask) -> None:
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Agency))
        db.session.rollback()
    refused = app.test_cli_runner().invoke(args=GENERATE)
    assert (refused.exit_code, "data of its own" in refused.output) == (1, True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Agency)) == before
        assert db.session.get(JobRun, generate.JOB) is None


def test_an_interrupted_run_goes_on(
    backend: str, shared: Path, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = seeded(shared, backend, f"broken_{worker_id}")
    monkeypatch.setattr(lives, "CHUNK", 100)
    wanted = generate.GeneratedSize(350, 60, 3)
    whole, broken = lives.chunk, []

    def chunk(nation: lives.Nation, part: int) -> dict[str, list[tuple[str | int | None, ...]]]:
        if part == 2 and not broken:
            broken.append(part)
            raise KeyboardInterrupt
        return whole(nation, part)

    monkeypatch.setattr(lives, "chunk", chunk)
    said: list[str] = []
    with app.app_context():
        with pytest.raises(KeyboardInterrupt):
            generate.Generator(db.engine, wanted, "-", said.append, workers=1).run()
        assert number() == 200
        db.session.rollback()
        generate.Generator(db.engine, wanted, "-", said.append, workers=1).run()
        assert number() == 350
        jobs = db.session.scalars(select(JobRun.job)).all()
    assert jobs == [generate.JOB]
    assert any("done before" in line for line in said)
    checked = app.test_cli_runner().invoke(args=["lapor", "check-scope"])
    assert checked.output == "reports: 350, differing: 0\n"
    dispose(app)


@pytest.mark.postgresql
def test_keys_and_indexes_are_those_of_the_migrations(nation: Flask, app: Flask) -> None:
    def found(of: Flask) -> set[tuple[str, str, str, str]]:
        with of.app_context(), db.engine.connect() as connection:
            return {(d.table, d.name, d.kind, CASTS.sub("", d.sql)) for d in catalogue.read(connection)}

    assert found(nation) == found(app)
    with nation.app_context(), db.engine.connect() as connection:
        unchecked = "SELECT count(*) FROM pg_constraint WHERE NOT convalidated"
        assert connection.scalar(text(unchecked)) == 0
        assert catalogue.kept(connection) == frozenset()


def test_no_word_could_break_a_line_of_copy() -> None:
    groups = (words.FIRST, words.LAST, words.THINGS, words.PLACES, words.SINCE, words.WISHES, words.OFFICES)
    for word in (
        *words.ANSWERS,
        *words.REPLIES,
        *words.REASONS,
        *words.TOPICS,
        *(w for g in groups for w in g),
    ):
        assert word.isprintable()
        assert "\\" not in word
