"""Agencies are moved, merged and dissolved at random while the desk works, one batch at a time.

After every commit: the closure is what the parents say; nobody has a row of a report that the present tree
and the report's chain, copies and requests do not give them; each open report has a holder that is active
and sees it. Once the batches are through, rows and index are exactly what they must be. All of that is
worked out here from parents alone, a second time.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Mapping

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.scope import reports_of
from app.access.tree import acting_for, is_below
from app.extensions import transaction
from app.models import (
    Account,
    Agency,
    AgencyTree,
    Copy,
    Disposition,
    Reorganisation,
    Report,
    ReportScope,
    Request,
)
from app.rules.agencies.reorganisation import ReorganisationKind, Stage
from app.rules.errors import LaporError
from app.rules.reports.codes import RequestStatus
from app.rules.reports.tabs import TAB_OF, Basis, Tab
from app.rules.reports.workflow import ENDED_STATES, Action
from app.search.index import check as check_index
from app.services.agencies import management, reorganisation
from app.services.agencies.reorganisation_batches import finish, follow
from tests.support.play import MONDAY, Play

TREE = {
    "a": "root", "a1": "a", "a11": "a1", "a12": "a1", "a2": "a", "a3": "a", "b": "root", "b1": "b",
}  # fmt: skip
UNITS = tuple(TREE)
OFFICERS = ("a", "a1", "a2", "b", "b1")
REPORTS = 4
STEPS = 10
seeds = st.integers(0, 2**32)


class Office(RuleBasedStateMachine):
    """Four reports, nine agencies, and somebody who reorganises them all the time."""

    play: Play

    @initialize(seed=seeds)
    def begin(self, seed: int) -> None:
        """Every run has agencies of its own: those that the last one merged away are gone."""
        dice = random.Random(seed)
        self.play.now = MONDAY
        while self.one_batch():
            pass
        with transaction() as session:
            number = session.scalars(select(func.max(Agency.id))).one()
            for name, above in TREE.items():
                parent = self.play.world.agencies[above]
                made = management.create(session, f"Instansi {name} {number}", parent, self.play.now)
                self.play.world.agencies[name] = made.id  # type: ignore[index]
                if name in OFFICERS:
                    self.play.world.account(session, name).agency_id = made.id
        self.ids = [self.play.file() for _ in range(REPORTS)]
        for each in self.ids:
            self.attempt(lambda each=each: self.play.verify(each, dice.choice(("a", "a", "a1", "b"))))

    def attempt(self, step: Callable[[], object]) -> None:
        with contextlib.suppress(LaporError):
            step()
        self.all_is_well()

    @rule(seed=seeds)
    def a_busy_hour(self, seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(STEPS):
            self.play.later(minutes=7)
            kind = dice.randrange(10)
            if kind < 2:
                self.attempt(lambda: self.reorganise(dice))
            elif kind < 5:
                self.attempt(self.one_batch)
            else:
                self.attempt(lambda: self.work(dice))

    @rule()
    def the_batches_come_to_their_end(self) -> None:
        for _ in range(40):
            self.attempt(self.one_batch)
            with transaction() as session:
                if (
                    session.scalar(select(Reorganisation.id).where(Reorganisation.stage == Stage.RUNNING))
                    is None
                ):
                    return
        raise AssertionError("the batches do not come to an end")

    def reorganise(self, dice: random.Random) -> None:
        kind = dice.choice(tuple(ReorganisationKind))
        moved, target = dice.choice(UNITS), dice.choice((*UNITS, "root"))
        with self.play.by("pusat") as (session, actor):
            reorganisation.ask(
                session,
                actor,
                kind,
                self.play.world.agencies[moved],
                self.play.world.agencies[target],
                self.play.now,
            )

    def one_batch(self) -> bool:
        with transaction() as session:
            batch = follow(session, self.play.now, limit=1)
        if batch is not None and batch.all_followed:
            with transaction() as session:
                finish(session, batch.reorganisation_id, self.play.now)
        return batch is not None

    def work(self, dice: random.Random) -> None:
        """Something that an officer of the agency that acts for the holder, or of its delegator, does."""
        report = dice.choice(self.ids)
        holder, delegator = self.officers(report)
        to, other = dice.choice(UNITS), dice.choice(UNITS)
        below = self.below_the_holder(report)
        under = dice.choice(below) if below else to
        if holder is None or delegator is None:
            return
        steps: tuple[Callable[[], object], ...] = (
            lambda: self.play.verify(report, to),
            lambda: self.play.forward(report, holder, under, copies=(other,)),
            lambda: self.play.forward(report, holder, under),
            lambda: self.play.redirect(report, "pusat", to),
            lambda: self.play.follow_up(report, holder),
            lambda: self.play.ask(report, holder, Action.HAND_BACK, suggest=to),
            lambda: self.play.ask(report, holder, Action.CLOSE),
            lambda: self.play.ask(report, holder, Action.REOPEN),
            lambda: self.settle(report, delegator, to, dice),
            lambda: self.settle(report, delegator, to, dice),
            lambda: self.play.decide(report, delegator, Action.CLOSE),
            lambda: self.play.decide(report, delegator, Action.REOPEN),
            lambda: self.play.reply(report),
            lambda: self.play.close_own(report),
        )
        dice.choice(steps)()

    def settle(self, report: int, by: str, to: str, dice: random.Random) -> None:
        with transaction() as session:
            asked = list(
                session.scalars(
                    select(Request.id).where(
                        Request.report_id == report, Request.status == RequestStatus.OPEN
                    )
                )
            )
        if asked:
            request = dice.choice(asked)
            how = dice.randrange(3)
            (
                self.play.reject(request, by)
                if how == 0
                else self.play.accept(request, by, to=to if how == 1 else None)
            )

    def officers(self, report: int) -> tuple[str | None, str | None]:
        """Somebody who acts for the holder, and for who gave it the report."""
        with transaction() as session:
            acting = list(
                session.scalars(
                    select(acting_for(Disposition.agency_id))
                    .where(Disposition.report_id == report, Disposition.ended_at.is_(None))
                    .order_by(Disposition.position.desc())
                    .limit(2)
                )
            )
            return self.somebody(session, acting[0]), self.somebody(session, acting[-1])

    def below_the_holder(self, report: int) -> list[str]:
        keys = self.play.world.agencies
        with transaction() as session:
            holder = session.get_one(Report, report).holder_id
            return [unit for unit in UNITS if is_below(session, keys[unit], holder, strictly=True)]

    @staticmethod
    def somebody(session: Session, agency_id: int | None) -> str | None:
        found = session.scalar(
            select(Account.username)
            .where(
                Account.agency_id == agency_id,
                Account.active.is_(True),
                Account.username.not_in(("akun-statistik", "akun-supervisor")),
            )
            .order_by(Account.id)
            .limit(1)
        )
        return found.removeprefix("akun-") if found else None

    @invariant()
    def nobody_sees_more_than_they_may(self) -> None:
        """Every step is looked at in the table; now and then through the front door as well."""
        self.all_is_well(front_door=True)

    def all_is_well(self, *, front_door: bool = False) -> None:
        with transaction() as session:
            parents = {key: above for key, above in session.execute(select(Agency.id, Agency.parent_id))}
            lines = {key: self.line(parents, key) for key in parents}
            self._the_closure_is_the_tree(session, lines)
            running = session.scalars(
                select(Reorganisation).where(Reorganisation.stage == Stage.RUNNING)
            ).all()
            merging = any(each.kind is not ReorganisationKind.MOVE for each in running)
            wanted: dict[int, set[tuple[int, Tab, int]]] = {}
            for report in session.scalars(select(Report).where(Report.id.in_(self.ids))):
                wanted[report.id] = self._allowed(session, report, lines, merging=merging)
            for report_id, allowed in wanted.items():
                rows = {
                    (row.agency_id, row.tab, row.basis)
                    for row in session.scalars(select(ReportScope).where(ReportScope.report_id == report_id))
                }
                foreign = {row for row in rows if row not in allowed and (*row[:2], 0) not in allowed}
                assert foreign == set(), f"report {report_id} is seen by who must not"
                assert rows <= allowed or running, rows - allowed
                assert all(row in allowed for row in rows if row[2] == Basis.FULL), "a copy's identity leaks"
                if not running:
                    assert rows == allowed
            if front_door:
                self._officers_see_no_more(session, wanted)
            if front_door and not running:
                assert check_index(session, min(self.ids) - 1).wrong == ()

    @staticmethod
    def line(parents: Mapping[int, int | None], key: int) -> list[int]:
        found: list[int] = [key]
        while (above := parents[found[-1]]) is not None:
            found.append(above)
            assert len(found) <= len(parents), "a circle"
        return found

    @staticmethod
    def _the_closure_is_the_tree(session: Session, lines: Mapping[int, list[int]]) -> None:
        wanted = {(above, unit, depth) for unit, line in lines.items() for depth, above in enumerate(line)}
        stored = session.execute(select(AgencyTree.ancestor_id, AgencyTree.unit_id, AgencyTree.depth))
        assert {tuple(row) for row in stored} == wanted

    @staticmethod
    def _allowed(
        session: Session, report: Report, lines: Mapping[int, list[int]], *, merging: bool
    ) -> set[tuple[int, Tab, int]]:
        chain = list(
            session.scalars(
                select(Disposition.agency_id)
                .where(Disposition.report_id == report.id, Disposition.ended_at.is_(None))
                .order_by(Disposition.position)
            )
        )
        assert report.holder_id == chain[-1]
        assert len(set(chain)) == len(chain)
        if report.state in ENDED_STATES:
            assert merging or set(chain) <= set(lines[chain[-1]]), "standing outlives the close"
        else:
            assert session.get_one(Agency, report.holder_id).active, "an orphan"
        deciders = session.scalars(
            select(Request.decider_agency_id).where(
                Request.report_id == report.id, Request.status == RequestStatus.OPEN
            )
        ).all()
        assert set(deciders) <= set(chain), "a request that nobody decides"
        copies = session.scalars(select(Copy.agency_id).where(Copy.report_id == report.id)).all()
        full = {(key, TAB_OF[report.state]) for each in chain for key in lines[each]}
        full |= {(key, Tab.REQUESTS) for each in deciders for key in lines[each]}
        seeing = {key for key, _ in full}
        return {(key, tab, 0) for key, tab in full} | {
            (key, Tab.COPIES, 0 if key in seeing else 1) for each in copies for key in lines[each]
        }

    def _officers_see_no_more(
        self, session: Session, wanted: Mapping[int, set[tuple[int, Tab, int]]]
    ) -> None:
        """The same through the front door, for each officer where they are now."""
        for name in OFFICERS:
            actor = self.play.world.actor(session, name)
            assert session.get_one(Agency, actor.agency_id).active
            seen = set(session.scalars(reports_of(actor).with_only_columns(Report.id))) & wanted.keys()
            allowed = {key for key, rows in wanted.items() if actor.agency_id in {row[0] for row in rows}}
            assert seen <= allowed


def test_whatever_is_reorganised_in_whatever_order(play: Play) -> None:
    machine = type("OfficeOfThisTest", (Office,), {"play": play})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=7,
            # Shrinking takes minutes; take this line out to get the shortest way to a failure.
            phases=(Phase.generate,),
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
