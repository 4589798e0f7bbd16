"""Officers, delegators, reporters and the timer at random, for hours on end, against what must hold.

After every step: one holder; one open request of a kind, and none that nobody could decide; nothing
closed before its time, while held or over a reply; scope = tree; the events alone tell the state; and
a step that was refused changed nothing.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.access.scope import stored
from app.access.standing import chains, situation, standing
from app.extensions import transaction
from app.models import Copy, Event, Report, Request
from app.rules.errors import LaporError
from app.rules.reports import workflow
from app.rules.reports.actions import ACTION_OF, REASONED
from app.rules.reports.codes import Classification, EndedBy, EventKind, RequestStatus
from app.rules.reports.tabs import TAB_OF, Tab
from app.rules.reports.workflow import Action, Clock, State, Verdict
from app.services.reports import verification
from tests.support.play import MONDAY, Play
from tests.support.world import TREE, WIB

OFFICERS = ("pusat", "pusat2", "a", "a1", "a2", "b", "b1")
AGENCIES = ("root", "a", "a1", "a2", "a3", "b", "b1")
PEOPLE = (*OFFICERS, "warga")
people, agencies = st.sampled_from(PEOPLE), st.sampled_from(AGENCIES)
reports = st.integers(0, 1)
HOURS = (1, 1, 7, 24, 72, 24 * 11, 24 * 31)
STEPS_A_DAY = 4

# What each event makes of a report, written down here a second time.
BECOMES = {
    EventKind.RECEIVED: State.UNVERIFIED,
    EventKind.VERIFIED: State.WAITING,
    EventKind.DETAILS_ASKED: State.INCOMPLETE,
    EventKind.COMPLETED: State.UNVERIFIED,
    EventKind.ARCHIVED: State.ARCHIVED,
    EventKind.RESTORED: State.UNVERIFIED,
    EventKind.FORWARDED: State.WAITING,
    EventKind.REDIRECTED: State.WAITING,
    EventKind.FOLLOWED_UP: State.IN_PROGRESS,
    EventKind.HANDED_BACK: State.WAITING,
    EventKind.CLOSED: State.CLOSED,
    EventKind.AUTO_CLOSED: State.CLOSED,
    EventKind.REOPENED: State.IN_PROGRESS,
}
FREES = {
    EventKind.RELEASED,
    EventKind.FORWARDED,
    EventKind.REDIRECTED,
    EventKind.HANDED_BACK,
    EventKind.CLOSED,
}


def line_of(name: str) -> set[str]:
    """An agency and its ancestors, from the world's own tree."""
    found = {name}
    while name != "root":
        name = TREE[name][1] or "root"
        found.add(name)
    return found


class Desk(RuleBasedStateMachine):
    """Two reports, and everybody's hands on them."""

    play: Play
    happened: set[EventKind]  # in all of the runs together

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[int] = []
        self.play.now = MONDAY
        # Whether there is anything to settle: steps that can do nothing would crowd out the others.
        self.asked = self.open = False

    @initialize()
    def arrive(self) -> None:
        self.ids = [self.play.file(), self.play.verified("a")]

    def attempt(self, number: int, step: object) -> None:
        """Do it, or be refused and leave everything as it was."""
        before = self.play.report(self.ids[number]).version
        try:
            step()  # type: ignore[operator]
        except LaporError:
            assert self.play.report(self.ids[number]).version == before

    def make(self, number: int, by: str, action: Action, to: str, copy: str) -> None:
        """Make one move, through the service that a page would call."""
        report_id, play = self.ids[number], self.play
        simple = {
            Action.ASK_DETAILS: lambda: play.ask_details(report_id, by),
            Action.ARCHIVE: lambda: (
                play.withdraw_own(report_id) if by == "warga" else play.archive(report_id, by)
            ),
            Action.COMPLETE: lambda: play.complete(report_id, by),
            Action.FORWARD: lambda: play.forward(report_id, by, to, copies=(copy,)),
            Action.REDIRECT: lambda: play.redirect(report_id, by, to),
            Action.FOLLOW_UP: lambda: play.follow_up(report_id, by),
            Action.REPLY: lambda: play.reply(report_id, by),
            Action.COMMENT: lambda: play.comment(report_id, by),
            Action.VERIFY: lambda: self.verify(report_id, by, to),
            Action.CORRECT: lambda: play.correct(
                report_id, by, title=f"Judul {play.report(report_id).version}"
            ),
        }
        if action is Action.CLOSE and by == "warga":
            self.attempt(number, lambda: play.close_own(report_id))
        elif action in REASONED:
            self.attempt(number, lambda: play.decide(report_id, by, action))
        elif action in simple:
            self.attempt(number, simple[action])

    def verify(self, report_id: int, by: str, to: str) -> None:
        with self.play.by(by) as (session, actor):
            form = self.play.form(session, report_id)
            decision = verification.VerificationData(
                "Judul", "Isi", self.play.world.category, Classification.SUPERVISED, self.play.agency(to)
            )
            verification.verify(session, actor, form, decision, self.play.now)

    def ask(self, number: int, by: str, action: Action, suggest: str) -> None:
        hint = suggest if action is Action.HAND_BACK else None
        self.attempt(number, lambda: self.play.ask(self.ids[number], by, action, suggest=hint))

    @rule(seed=st.integers(0, 2**32))
    def a_busy_day(self, seed: int) -> None:
        """Several possible things one after the other. The seed spreads the choices evenly."""
        dice = random.Random(seed)
        for _ in range(STEPS_A_DAY):
            self.something_possible(
                dice.randrange(2), dice.randrange(10_000), dice.choice(AGENCIES), dice.choice(AGENCIES)
            )
            self.all_is_well()
            if dice.random() < 0.3 and self.open:
                self.settle_an_open_request(
                    dice.randrange(2), dice.randrange(4), dice.choice(AGENCIES), dice.randrange(3)
                )
                self.all_is_well()
        if dice.random() < 0.2:
            # What changes little, and is left out above.
            by, action = dice.choice(PEOPLE), dice.choice((Action.COMMENT, Action.CORRECT))
            self.make(dice.randrange(2), by, action, "a", "a")
            self.all_is_well()
        self.time_passes(dice.choice(HOURS))

    def something_possible(self, number: int, pick: int, to: str, copy: str) -> None:
        """One of the moves and requests that somebody may make just now; mostly it succeeds."""
        with transaction() as session:
            report = session.get_one(Report, self.ids[number])
            chain = chains(session, [report.id])[report.id]
            open_to = [
                (by, action, verdict)
                for by in PEOPLE
                for action, verdict in workflow.possible(
                    situation(report, chain),
                    standing(self.play.world.actor(session, by), report, chain).whos,
                ).items()
                # These change little, and would be every other step.
                if action not in (Action.COMMENT, Action.CORRECT)
            ]
        if not open_to:
            return
        # First the action, then who: what many may do is no likelier than what one may.
        actions = sorted({each[1] for each in open_to})
        chosen = actions[pick % len(actions)]
        able = [each for each in open_to if each[1] is chosen]
        by, action, verdict = able[pick // len(actions) % len(able)]
        if verdict is Verdict.ASK:
            self.ask(number, by, action, to)
        else:
            self.make(number, by, action, to, copy)

    @rule(number=reports, by=people, action=st.sampled_from(Action), to=agencies, copy=agencies)
    def anything_by_anybody(self, number: int, by: str, action: Action, to: str, copy: str) -> None:
        """Mostly refused."""
        self.make(number, by, action, to, copy)

    @precondition(lambda self: self.asked)
    @rule(number=reports, by=people, how=st.integers(0, 3), to=agencies, pick=st.integers(0, 2))
    def settle_any_request(self, number: int, by: str, how: int, to: str, pick: int) -> None:
        """Decided ones too."""
        with transaction() as session:
            found = list(session.scalars(select(Request.id).where(Request.report_id == self.ids[number])))
        if found:
            self.settle(number, found[-1 - pick % len(found)], by, how, to)

    def settle_an_open_request(self, number: int, how: int, to: str, pick: int) -> None:
        """By an officer of the agency that decides, or the one that acts for it."""
        with transaction() as session:
            found = session.execute(
                select(Request.id, Request.decider_agency_id)
                .where(Request.report_id == self.ids[number], Request.status == RequestStatus.OPEN)
                .order_by(Request.id)
            ).all()
        if found:
            request, agency = found[pick % len(found)]
            names = {key: name for name, key in self.play.world.agencies.items()}
            by = {"root": "pusat", "a3": "a"}.get(names[agency], names[agency])
            self.settle(number, request, by, how, to)

    def settle(self, number: int, request: int, by: str, how: int, to: str) -> None:
        steps = (
            lambda: self.play.accept(request, by),
            lambda: self.play.accept(request, by, to=to),
            lambda: self.play.reject(request, by),
            lambda: self.play.withdraw(request, by),
        )
        self.attempt(number, steps[how])

    @rule(hours=st.sampled_from(HOURS))
    def time_passes(self, hours: int) -> None:
        self.play.later(hours=hours)
        self.play.run_jobs()

    @invariant()
    def all_is_well(self) -> None:
        self.asked = self.open = False
        for report_id in self.ids:
            with transaction() as session:
                report = session.get_one(Report, report_id, populate_existing=True)
                events = list(
                    session.scalars(select(Event).where(Event.report_id == report_id).order_by(Event.seq))
                )
                chain = chains(session, [report_id])[report_id]
                open_requests = list(
                    session.scalars(
                        select(Request).where(
                            Request.report_id == report_id, Request.status == RequestStatus.OPEN
                        )
                    )
                )
                self.open = self.open or bool(open_requests)
                self.asked = self.asked or any(event.kind is EventKind.REQUESTED for event in events)
                copies = list(session.scalars(select(Copy.agency_id).where(Copy.report_id == report_id)))
                rows = stored(session, report_id)
                names = {key: name for name, key in self.play.world.agencies.items()}
                holders = [names[link.agency_id] for link in chain]

                assert report.holder_id == chain[-1].agency_id
                assert holders[0] == "root"
                assert len(set(holders)) == len(holders)
                assert all(names[report.holder_id] != h or h == holders[-1] for h in holders)

                kinds = [request.action for request in open_requests]
                assert len(kinds) == len(set(kinds))
                here = situation(report, chain)
                assert all(workflow.takes(kind, here) for kind in kinds)

                self.happened.update(event.kind for event in events)
                self._events_tell_the_state(report, events)
                self._closed_in_time(report, events)
                wanted = {
                    (agency, TAB_OF[State(report.state)]) for holder in holders for agency in line_of(holder)
                }
                wanted |= {(agency, Tab.COPIES) for key in copies for agency in line_of(names[key])}
                wanted |= {
                    (agency, Tab.REQUESTS)
                    for request in open_requests
                    for agency in line_of(names[request.decider_agency_id])
                }
                assert {(names[row.agency_id], row.tab) for row in rows} == wanted

    @staticmethod
    def _events_tell_the_state(report: Report, events: list[Event]) -> None:
        assert [event.seq for event in events] == list(range(1, report.version + 1))
        state, held = None, False
        for event in events:
            state = BECOMES.get(event.kind, state)
            held = event.kind is EventKind.HELD or (held and event.kind not in FREES)
        assert (report.state, report.held) == (state, held)
        assert events[-1].at >= events[0].at

    @staticmethod
    def _closed_in_time(report: Report, events: list[Event]) -> None:
        """Whatever the timer closed had ten whole days after the last follow-up or release."""
        if report.clock_kind is Clock.AUTO_CLOSE:
            assert not report.held
            assert not report.reply_unanswered
        if report.state is State.WAITING:
            assert report.clock_kind is Clock.FOLLOW_UP
        if report.state is State.IN_PROGRESS and not report.held and not report.reply_unanswered:
            assert report.clock_kind in (Clock.AUTO_CLOSE, Clock.FOLLOW_UP), "an open report without a clock"
        if report.state is not State.CLOSED or report.ended_by is not EndedBy.SYSTEM:
            return
        end = next(event for event in reversed(events) if event.kind is EventKind.AUTO_CLOSED)
        earlier = [event for event in events if event.seq < end.seq]
        start = max(e.at for e in earlier if e.kind in (EventKind.FOLLOWED_UP, EventKind.RELEASED))
        tenth = start.astimezone(WIB).date() + timedelta(days=11)
        assert end.at >= datetime.combine(tenth, datetime.min.time(), tzinfo=WIB)
        assert not any(e.kind in (EventKind.REPLIED, EventKind.HELD) and e.at > start for e in earlier)


@pytest.mark.usefixtures("play")
def test_whatever_people_do_in_whatever_order(play: Play) -> None:
    machine = type("DeskOfThisTest", (Desk,), {"play": play, "happened": set()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=10,
            # Shrinking takes minutes; take this line out to get the shortest way to a failure.
            phases=(Phase.generate,),
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    made = {ACTION_OF[kind] for kind in machine.happened if kind in ACTION_OF}
    never = set(Action) - made
    assert not never, "nobody ever made these: give the machine a way to each, see make()"
    assert machine.happened >= {
        EventKind.REQUEST_ACCEPTED,
        EventKind.REQUEST_REJECTED,
        EventKind.REQUEST_VOIDED,
    }
