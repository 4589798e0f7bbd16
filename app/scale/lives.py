"""The life of each report, from its receipt to now, told by dice within the rules of the workflow.

The rules are restated here only as far as a plain life needs; tests hold every kind of life against
`check-scope`, `recompute-deadlines` and the constraints of the database.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from app.rules.reports.codes import Channel, Classification, ClockOutcome, EndedBy, EventKind, Visibility
from app.rules.reports.tabs import TAB_OF
from app.rules.reports.workflow import LIMITS, Action, Clock, State
from app.scale import words
from app.scale.sink import Batch, Row, empty
from app.scale.story import Story
from app.scale.times import DAY, HOUR, stamp
from app.scale.tree import Tree

YEARS = 10
GROWTH = 1.5  # the n-th report came at (n / all) ** (1 / GROWTH) of the time: more each year
CHUNK = 10_000  # reports with dice of their own, written in one transaction
RECENT = 0.08  # the youngest part of the reports, among which most of the open ones are
OPEN_RECENT, OPEN_OLD = 0.55, 0.0018
ARCHIVED = 0.04
YOUNG = 25 * DAY  # younger ones cannot have ended by themselves
GIANT = 0.312  # of those that left the central desk: 30 % of all
OLD_PART, DISSOLVED = 0.25, 0.011  # the dissolved agency received this much of the oldest reports
PER_REPORTER = 3
SOURCES = tuple(Channel)[:5]
SOURCE_ODDS = (45, 20, 6, 20, 9)
CLASSES = tuple(Classification)
CLASS_ODDS = (15, 65, 12, 8)


@dataclass(frozen=True)
class Nation:
    """All that the lives need, the same for every process. now: seconds since 1970."""

    tree: Tree
    reports: int
    seed: int
    now: int
    categories: Sequence[int]
    areas: Sequence[str]
    reasons: Sequence[str]
    targets: Mapping[str, int]

    @property
    def reporters(self) -> int:
        return max(1, self.reports // PER_REPORTER)

    def received(self, key: int) -> int:
        span = YEARS * 365 * DAY
        return self.now - span + int(span * (key / (self.reports + 1)) ** (1 / GROWTH))


def reporters(nation: Nation, first: int, last: int) -> list[Row]:
    since = stamp(nation.received(0))
    return [
        (n, None, words.person(n), f"pelapor{n}@warga.example.com", "", since) for n in range(first, last + 1)
    ]


def chunk(nation: Nation, number: int) -> Batch:
    """The rows of reports CHUNK * number + 1 and on. The same each time."""
    batch = empty()
    dice = Random(nation.seed * 1_000_003 + number)  # noqa: S311
    first = number * CHUNK + 1
    for key in range(first, min(first + CHUNK, nation.reports + 1)):
        Life(nation, dice, batch, key).tell()
    return batch


class Life:
    """One report: each step moves `at` on, never past now."""

    def __init__(self, nation: Nation, dice: Random, batch: Batch, key: int) -> None:
        self.nation, self.dice, self.batch, self.key = nation, dice, batch, key
        self.tree = nation.tree
        self.story = Story(batch, self.tree, key)
        self.received = self.at = nation.received(key)
        self.category = dice.choice(nation.categories)
        self.classification: Classification | None = None
        self.copies: list[int] = []
        self.state, self.held, self.unanswered, self.shown, self.asked = (
            State.UNVERIFIED,
            False,
            False,
            True,
            False,
        )
        self.verified: int | None = None
        self.copied = 0
        self.first_answer: int | None = None
        self.last_answer: int | None = None
        self.last_reply: int | None = None
        self.ended_by: EndedBy | None = None
        self.reason: str | None = None
        self.desk = (self.tree.root, dice.choice(self.tree.desk))

    def step(self, most: int) -> int:
        """Some time later, at most `most` seconds, and never more than half of what is left until now."""
        left = self.nation.now - self.at
        self.at += 1 + int(self.dice.random() * min(most, left // 2))
        return self.at

    def tell(self) -> None:
        dice, story = self.dice, self.story
        self.source = dice.choices(SOURCES, SOURCE_ODDS)[0]
        story.stay(self.tree.root, None, self.at, None)
        story.event(EventKind.RECEIVED, self.at, f'{{"source": "{self.source.value}"}}')
        story.start(Clock.VERIFICATION, self.at, LIMITS[Clock.VERIFICATION].days or 0)
        age, chance = self.nation.now - self.received, dice.random()
        if chance < ARCHIVED and age > 3 * DAY:
            self.archive()
        elif age < 2 * DAY or (chance > 0.985 and age < 30 * DAY):
            pass  # still unverified
        elif self.is_open(age):
            self.be_open(age)
        else:
            self.verify()
            self.follow_up_some()
            self.close()
        self.write()

    def is_open(self, age: int) -> bool:
        recent = self.key > self.nation.reports * (1 - RECENT)
        return age < YOUNG or self.dice.random() < (OPEN_RECENT if recent else OPEN_OLD)

    def be_open(self, age: int) -> None:
        chance = self.dice.random()
        if chance < 0.15 and age < 28 * DAY:
            self.ask_details()
        else:
            self.verify()
            if chance > 0.3:
                self.follow_up_some()
                self.linger()

    # The central desk.

    def archive(self) -> None:
        at = self.step(4 * DAY)
        self.story.stop(at, ClockOutcome.MET)
        self.reason = self.dice.choice(self.nation.reasons)
        self.state, self.ended_by, self.shown = State.ARCHIVED, EndedBy.ADMIN, False
        self.story.event(
            EventKind.ARCHIVED,
            at,
            f'{{"as": "root", "holder": {self.tree.root}, "reason": "{self.reason}"}}',
            self.desk,
            visibility=Visibility.REPORTER,
            note=words.REASONS[0],
        )

    def ask_details(self) -> None:
        at = self.step(DAY)
        self.story.stop(at, ClockOutcome.MET)
        self.story.start(Clock.DETAILS, at, LIMITS[Clock.DETAILS].days or 0)
        self.state = State.INCOMPLETE
        data = f'{{"as": "root", "holder": {self.tree.root}}}'
        self.story.event(
            EventKind.DETAILS_ASKED,
            at,
            data,
            self.desk,
            visibility=Visibility.REPORTER,
            note=words.REASONS[2],
        )

    def receiver(self) -> int:
        tree, dice = self.tree, self.dice
        if self.key < self.nation.reports * OLD_PART and dice.random() < DISSOLVED:
            return tree.dissolved
        if dice.random() < GIANT:
            return tree.giant
        return tree.receivers[bisect(tree.weights, dice.random() * tree.weights[-1])]

    def verify(self) -> None:
        """Verification, sometimes to the wrong agency first, sometimes by way of the ministry above."""
        story, dice, tree = self.story, self.dice, self.tree
        holder = self.receiver()
        above = tree.offices[holder].chain
        by_way = above[-2] if len(above) > 1 and dice.random() < 0.6 else holder
        self.classification = dice.choices(CLASSES, CLASS_ODDS)[0]
        if dice.random() < 0.1:
            other = dice.choice(tree.receivers)
            self.copies = [other] if other != holder else []
        at = self.verified = self.copied = self.step(2 * DAY)
        story.stop(at, ClockOutcome.MET)
        wrong = dice.choice(tree.receivers) if dice.random() < 0.05 else by_way
        self.state = State.WAITING
        told = f'"category": {self.category}, "copies": {self.copies}'
        self.hand(EventKind.VERIFIED, "root", wrong, at, f', "agency": {wrong}, {told}', self.desk)
        story.start(Clock.FOLLOW_UP, at, LIMITS[Clock.FOLLOW_UP].days or 0)
        days = self.nation.targets.get(self.classification.value)
        if days is not None:
            story.start(Clock.TARGET, at, days)
        if wrong != by_way:
            at = self.step(DAY)
            story.stop(at, ClockOutcome.STOPPED)
            story.leave(at, Action.REDIRECT, by_way)
            self.hand(EventKind.REDIRECTED, "chain", by_way, at, f', "agency": {by_way}', self.desk)
            story.start(Clock.FOLLOW_UP, at, LIMITS[Clock.FOLLOW_UP].days or 0)
        if by_way != holder:
            at = self.step(DAY)
            agency, user, behalf = story.acting(by_way)
            story.stop(at, ClockOutcome.PASSED_ON)
            started, ends = story.running_started, story.running_due
            more = f', "agency": {holder}, "copies": []'
            self.hand(EventKind.FORWARDED, "holder", holder, at, more, (agency, user), behalf)
            story.start(Clock.FOLLOW_UP, started, LIMITS[Clock.FOLLOW_UP].days or 0, ends=ends)

    def hand(
        self,
        kind: EventKind,
        as_who: str,
        to: int,
        at: int,
        more: str,
        who: tuple[int, int],
        behalf: int | None = None,
    ) -> None:
        self.story.stay(to, self.story.holder, at, who[1])
        self.story.event(kind, at, f'{{"as": "{as_who}", "holder": {to}{more}}}', who, behalf)

    # The holder and the reporter.

    def follow_up_some(self) -> None:
        """One to three follow-ups, with answers by the reporter between some of them."""
        story, dice = self.story, self.dice
        self.state = State.IN_PROGRESS
        for number in range(dice.choices((1, 2, 3), (60, 30, 10))[0]):
            if number and dice.random() < 0.35:
                self.answer_back()
            at = self.step(4 * DAY)
            story.stop(at, ClockOutcome.STOPPED if number else ClockOutcome.MET)
            story.answer(dice.choice(words.ANSWERS), at, secret=dice.random() < 0.05)
            self.first_answer, self.last_answer = self.first_answer or at, at
            self.unanswered = False
            story.start(Clock.AUTO_CLOSE, at, LIMITS[Clock.AUTO_CLOSE].days or 0)

    def answer_back(self) -> None:
        at = self.last_reply = self.step(3 * DAY)
        self.story.stop(at, ClockOutcome.STOPPED)
        self.story.reply(self.dice.choice(words.REPLIES), at)
        self.unanswered = True

    def linger(self) -> None:
        """In process until now: the last answer is young, or the reporter's is unanswered, or it is held."""
        story, chance = self.story, self.dice.random()
        if chance < 0.15:
            self.answer_back()
            self.shown = False
            return
        late = story.running_due <= self.nation.now
        if late:
            self.at = max(self.at, self.nation.now - 9 * DAY)
            at = self.step(8 * DAY)
            story.stop(at, ClockOutcome.STOPPED)
            story.answer(self.dice.choice(words.ANSWERS), at, secret=False)
            self.last_answer = at
            story.start(Clock.AUTO_CLOSE, at, LIMITS[Clock.AUTO_CLOSE].days or 0)
        if chance < 0.2:
            at = self.step(DAY)
            agency, user, behalf = story.acting(story.delegator)
            story.pause(at)
            self.held, self.shown = True, False
            data = f'{{"as": "delegator", "holder": {story.holder}}}'
            story.event(
                EventKind.HELD, at, data, (agency, user), behalf, Visibility.REPORTER, reason=words.REASONS[2]
            )
        elif chance < 0.26:
            self.asked = True
            story.ask(Action.CLOSE, words.REASONS[1], self.step(DAY))

    def close(self) -> None:
        story, chance = self.story, self.dice.random()
        if chance > 0.95:
            at = self.step(DAY)
            story.ask(Action.HOLD, words.REASONS[2], at, self.step(DAY), words.REASONS[1])
        if chance < 0.7 and story.running_due + HOUR < self.nation.now:
            at = self.at = story.running_due + self.dice.randrange(HOUR)
            story.stop(at, ClockOutcome.EXPIRED)
            self.end(EndedBy.SYSTEM, EventKind.AUTO_CLOSED, at, "system")
            return
        at = self.step(5 * DAY)  # with the steps of a request still before the clock runs out
        story.stop(at, ClockOutcome.STOPPED)
        if chance < 0.85:
            self.end(EndedBy.REPORTER, EventKind.CLOSED, at, "reporter", reason=words.REASONS[1])
        else:
            agency, user, behalf = story.acting(story.delegator)
            self.end(
                EndedBy.ADMIN,
                EventKind.CLOSED,
                at,
                "delegator",
                (agency, user),
                behalf,
                reason=words.REASONS[1],
            )

    def end(
        self,
        by: EndedBy,
        kind: EventKind,
        at: int,
        as_who: str,
        who: tuple[int | None, int | None] = (None, None),
        behalf: int | None = None,
        **texts: str,
    ) -> None:
        self.state, self.ended_by, self.shown = State.CLOSED, by, False
        self.story.stop_target(at, ClockOutcome.MET)
        seen = Visibility.REPORTER if texts else Visibility.PUBLIC
        data = f'{{"as": "{as_who}", "holder": {self.story.holder}}}'
        self.story.event(kind, at, data, who, behalf, seen, **texts)

    # The report itself.

    def write(self) -> None:
        story, dice = self.story, self.dice
        title, text = words.subject(dice)
        original = title if dice.random() < 0.7 else ""
        clock = story.running if self.shown else None
        is_anonymous, is_secret = dice.random() < 0.12, dice.random() < 0.08
        closed_rating = (
            dice.choice((None, None, None, None, 2, 3, 4, 5)) if self.state is State.CLOSED else None
        )
        self.batch["report"].append(
            (
                self.key, story.events, self.state.value, int(self.held), stamp(self.received), self.source.value,
                1 + int(dice.random() * self.nation.reporters), int(is_anonymous), int(is_secret),
                original, text, title, text, self.classification.value if self.classification else None,
                self.category, dice.choice(self.nation.areas), story.holder, _or_none(self.verified),
                _or_none(self.first_answer), _or_none(self.last_answer), _or_none(self.last_reply),
                int(self.unanswered), clock[2] if clock else None, clock[6] if clock else None,
                stamp(self.at) if self.ended_by else None, self.ended_by.value if self.ended_by else None, self.reason,
                story.answers, closed_rating,
            )
        )  # fmt: skip
        story.close_books(
            TAB_OF[self.state], self.received, clock is not None, self.copies, self.copied, self.asked
        )


def _or_none(at: int | None) -> str | None:
    return None if at is None else stamp(at)
