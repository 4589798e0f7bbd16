"""What is written down while one report's life is told: its rows of every table but `report` itself."""

from __future__ import annotations

from app.rules.reports.codes import ClockOutcome, EventKind, RequestStatus, Visibility
from app.rules.reports.tabs import NO_DEADLINE, Tab
from app.rules.reports.workflow import Action, Clock
from app.rules.zones import Zone
from app.scale.sink import Batch
from app.scale.times import due, iso, stamp
from app.scale.tree import Tree

PER_REPORT = 16  # keys of a table that one report may use
SECOND = 1_000_000  # microseconds, the unit of sort keys
OWN, BELOW = 0, 1
FULL, COPY = 0, 1


class Story:
    """One report's rows, appended to `batch`. The holder stack is `live`: (agency, row of disposition)."""

    def __init__(self, batch: Batch, tree: Tree, key: int) -> None:
        self.batch, self.tree, self.key = batch, tree, key
        self.events = self.stays = self.clocks = self.answers = self.replies = self.requests = 0
        self.live: list[list[str | int | None]] = []
        self.ended: list[list[str | int | None]] = []
        self.running: list[str | int | None] | None = None
        self.target: list[str | int | None] | None = None
        self.running_due = self.running_started = 0
        self.target_due = 0
        self.zone = Zone.WIB

    @property
    def holder(self) -> int:
        return int(self.live[-1][4] or 0)

    @property
    def delegator(self) -> int:
        return int(self.live[-2][4] or 0)

    def event(
        self,
        kind: EventKind,
        at: int,
        data: str,
        who: tuple[int | None, int | None] = (None, None),
        behalf: int | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        **texts: str,
    ) -> None:
        """`who`: (agency, user); `data`: JSON."""
        self.events += 1
        row = (self.key, self.events, kind.value, stamp(at), who[1], who[0], behalf, visibility.value, data)
        self.batch["event"].append(row)
        for name, text in texts.items():
            self.batch["event_text"].append((self.key, self.events, name, text))

    def stay(self, agency: int, giver: int | None, at: int, by: int | None) -> None:
        """The report goes on to `agency`: one more on the stack."""
        self.stays += 1
        key = self.key * PER_REPORT + self.stays
        self.live.append(
            [key, self.key, self.stays, len(self.live), agency, giver, stamp(at), by, None, None, None]
        )
        self.zone = self.tree.offices[agency].zone

    def leave(self, at: int, action: Action, went_to: int) -> None:
        """The top of the stack is taken away."""
        row = self.live.pop()
        row[8], row[9], row[10] = stamp(at), action.value, went_to
        self.ended.append(row)

    def start(self, kind: Clock, at: int, days: int, *, ends: int | None = None) -> None:
        """A clock starts with the holder; `ends`: a deadline that runs on from before."""
        self.clocks += 1
        until = due(at, kind, self.zone, days) if ends is None else ends
        key = self.key * PER_REPORT + self.clocks
        row: list[str | int | None] = [
            key, self.key, kind.value, self.holder, stamp(at), days, stamp(until), "[]", None, None, None
        ]  # fmt: skip
        if kind is Clock.TARGET:
            self.target, self.target_due = row, until
        else:
            self.running, self.running_due, self.running_started = row, until, at

    def _stop(self, row: list[str | int | None], at: int, outcome: ClockOutcome) -> None:
        row[8] = stamp(at) if outcome is ClockOutcome.MET else None
        row[9], row[10] = stamp(at), outcome.value
        self.batch["report_clock"].append(tuple(row))

    def stop(self, at: int, outcome: ClockOutcome) -> None:
        if self.running is not None:
            self._stop(self.running, at, outcome)
        self.running = None

    def stop_target(self, at: int, outcome: ClockOutcome) -> None:
        if self.target is not None:
            self._stop(self.target, at, outcome)
        self.target = None

    def pause(self, at: int) -> None:
        """A hold: both clocks stand still."""
        for row in (self.running, self.target):
            if row is not None:
                row[7] = f'[["{iso(at)}", null]]'

    def answer(self, text: str, at: int, *, secret: bool) -> None:
        agency, user, behalf = self.acting(self.holder)
        self.answers += 1
        key = self.key * PER_REPORT + self.answers
        self.batch["follow_up"].append(
            (key, self.key, self.answers, agency, behalf, user, text, int(secret), stamp(at))
        )
        self.event(
            EventKind.FOLLOWED_UP,
            at,
            f'{{"as": "holder", "holder": {self.holder}, "follow_up": {self.answers}}}',
            (agency, user),
            behalf,
            Visibility.REPORTER if secret else Visibility.PUBLIC,
        )

    def reply(self, text: str, at: int) -> None:
        self.replies += 1
        self.batch["reply"].append(
            (self.key * PER_REPORT + self.replies, self.key, self.replies, text, stamp(at))
        )
        data = f'{{"as": "reporter", "holder": {self.holder}, "reply": {self.replies}}}'
        self.event(EventKind.REPLIED, at, data, visibility=Visibility.REPORTER)

    def ask(
        self, action: Action, reason: str, at: int, rejected_at: int | None = None, answer: str = ""
    ) -> None:
        """A request by the holder; decided against at `rejected_at`, else still open."""
        self.requests += 1
        key = self.key * PER_REPORT + self.requests
        agency, user, behalf = self.acting(self.holder)
        told = f'{{"request": {key}, "action": "{action.value}"'
        officers = Visibility.OFFICERS
        who = (agency, user)
        self.event(EventKind.REQUESTED, at, f'{told}, "agency": null}}', who, behalf, officers, reason=reason)
        decision: tuple[str | int | None, ...] = (None, None, None, "")
        status = RequestStatus.OPEN
        if rejected_at is not None:
            status = RequestStatus.REJECTED
            judge, by, for_whom = self.acting(self.delegator)
            self.event(
                EventKind.REQUEST_REJECTED, rejected_at, f"{told}}}", (judge, by), for_whom, officers, answer=answer
            )  # fmt: skip
            decision = (stamp(rejected_at), by, for_whom, answer)
        self.batch["request"].append(
            (key, self.key, action.value, status.value, agency, user, behalf, self.delegator, reason, stamp(at), *decision)
        )  # fmt: skip

    def acting(self, agency: int) -> tuple[int, int, int | None]:
        """(agency, officer, on whose behalf) that acts for `agency`."""
        acts, user = self.tree.acting(agency)
        return acts, user, None if acts == agency else agency

    def close_books(
        self, tab: Tab, received: int, shown: bool, copies: list[int], at: int, asked: bool
    ) -> None:
        """The rows that say who sees the report, and those that were kept back until it was told.

        shown: the running clock is the one on the card. asked: the delegator has a request to decide.
        """
        self.batch["disposition"] += [tuple(row) for row in self.ended + self.live]
        for row in (self.running, self.target):
            if row is not None:
                self.batch["report_clock"].append(tuple(row))
        deadline = self.running_due * SECOND if shown else NO_DEADLINE
        newest = -received * SECOND
        order = newest if tab in (Tab.CLOSED, Tab.ARCHIVED) else deadline
        rows, key = self.batch["report_scope"], self.key
        # Every agency of a chain that grew downwards is the holder or above it.
        full = (self.holder, *self.tree.offices[self.holder].chain)
        rows += [
            (agency, OWN if i == 0 else BELOW, tab.value, order, key, FULL) for i, agency in enumerate(full)
        ]
        if asked:
            judges = (self.delegator, *self.tree.offices[self.delegator].chain)
            rows += [
                (agency, OWN if i == 0 else BELOW, Tab.REQUESTS.value, deadline, key, FULL)
                for i, agency in enumerate(judges)
            ]
        for copy in copies:
            self.batch["report_copy"].append((key, copy, self.tree.root, stamp(at)))
            readers = (copy, *self.tree.offices[copy].chain)
            rows += [
                (
                    agency,
                    OWN if i == 0 else BELOW,
                    Tab.COPIES.value,
                    newest,
                    key,
                    FULL if agency in full else COPY,
                )
                for i, agency in enumerate(readers)
            ]
