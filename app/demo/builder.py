"""Plays the life of reports through the services of real work."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM, Actor, actor_of
from app.demo.agencies import (
    ACCOUNTS,
    BANDUNG,
    BANDUNG_OFFICES,
    BPJS,
    BPJS_OFFICES,
    DIVRE_1,
    DIVRE_4,
    PUTR,
    ROOT,
    DemoAccount,
)
from app.models import Account, Category, Report, Reporter
from app.models.accounts.security import ours, permission_rows
from app.rules.accounts.roles import ROLE_MATRIX, Role
from app.rules.errors import Forbidden
from app.rules.reports.codes import Channel, Classification
from app.rules.reports.workflow import Action, Carry, State
from app.services.citizens.filing import Filing, FilingPerson, file_report
from app.services.reports import handling, reporter_contributions, requests, verification
from app.services.reports.expired_clocks import expire_batch
from app.services.reports.locked_report import Form

SOURCES = (
    (Channel.WEBSITE, 45),
    (Channel.ANDROID, 20),
    (Channel.IOS, 6),
    (Channel.SMS, 14),
    (Channel.WHATSAPP, 8),
    (Channel.CALL_CENTER, 4),
    (Channel.FACE_TO_FACE, 3),
)


@dataclass(frozen=True)
class Plan:
    """One report to be: its text, when it comes, where it goes, and how far it has got by now."""

    item: Mapping[str, Any]
    at: datetime
    agency: str
    area: str | None
    place: str
    street: str


class Builder:
    """Plays the life of reports: citizens, the central desk, officers, and the timer between them."""

    def __init__(
        self,
        session: Session,
        dice: random.Random,
        content: Mapping[str, Any],
        ids: Mapping[str, int],
        now: datetime,
    ) -> None:
        self.session, self.dice, self.ids, self.now = session, dice, ids, now
        self.names, self.reasons = content["people"]["names"], content["reasons"]
        self.categories = {name: key for key, name in session.execute(select(Category.id, Category.name))}
        self.actors = {each.agency or each.name: self._actor(each) for each in reversed(ACCOUNTS)}
        self.citizen = session.scalars(select(Reporter).where(Reporter.user_id.is_not(None))).one()

    def _actor(self, each: DemoAccount) -> Actor:
        account = self.session.scalars(select(Account).where(Account.username == each.name)).one()
        rows = self.session.execute(permission_rows([role.id for role in account.roles])).all()
        return actor_of(account, ours([(menu, name) for menu, name in rows]))

    def play(self, plan: Plan) -> None:
        """File the plan's report and take it as far as its age and the dice say."""
        report = self.file(plan)
        at = self._later(plan.at, 4, 60)
        if at is None or (self.now - plan.at < timedelta(days=3) and self._chance(50)):
            return
        if plan.item["domain"] == "incomplete":
            verification.ask_details(
                self.session, self.actors[ROOT], self.form(report), plan.item["question"], at
            )
        elif plan.item["domain"] == "archive":
            note = "Laporan ini tidak dapat ditindaklanjuti."
            verification.archive(
                self.session, self.actors[ROOT], self.form(report), plan.item["reason"], note, at
            )
        else:
            self._handle(report, plan, at)

    def _handle(self, report: Report, plan: Plan, at: datetime) -> None:
        at = self._dispatch(report, plan, at)
        for number, text in enumerate(plan.item["follow_ups"]):
            later = self._later(at, 3, 120)
            # Old reports are rarely left alone; the lately arrived often wait.
            waits = number == 0 and self._chance(12 if self.now - at < timedelta(days=20) else 2)
            if later is None or waits or (number and self._chance(25)):
                break
            at = later
            expire_batch(self.session, at)
            if report.ended_at is not None:
                break
            actor, secret = self._officer_for(plan), self._chance(8)
            handling.follow_up(self.session, actor, self.form(report), text, at, secret=secret)
            at = self._answer(report, plan, number, at)
        self._ask_something(report, plan, at)

    def _dispatch(self, report: Report, plan: Plan, at: datetime) -> datetime:
        """The central desk verifies; half of a branch office's reports come by way of those above it."""
        line = [plan.agency]
        if plan.agency in BPJS_OFFICES and self._chance(50):
            line = [BPJS, DIVRE_1, plan.agency]
        elif plan.agency in BANDUNG_OFFICES and self._chance(50):
            line = [BANDUNG, plan.agency]
        self.verify(report, plan, line[0], at)
        for giver, taker in pairwise(line):
            at = self._later(at, 1, 20) or at
            handling.forward(self.session, self.actors[giver], self.form(report), self.ids[taker], at)
        return at

    def _answer(self, report: Report, plan: Plan, number: int, at: datetime) -> datetime:
        """Some reporters answer, if they have something to say."""
        replies, later = plan.item["replies"], self._later(at, 2, 90)
        if later is None or number >= len(replies) or not self._chance(45):
            return at
        expire_batch(self.session, later)
        if report.ended_at is None:
            reporter = Actor(reporter_id=report.reporter_id, permissions=ROLE_MATRIX[Role.REPORTER])
            reporter_contributions.reply(self.session, reporter, self.form(report), replies[number], later)
        return later

    def _ask_something(self, report: Report, plan: Plan, at: datetime) -> None:
        """Some of the open reports carry a request; half of those are decided by now."""
        later = self._later(at, 1, 48)
        if later is None or report.ended_at is not None or not self._chance(45):
            return
        expire_batch(self.session, later)
        hint: int | None
        if report.state is State.WAITING:
            action, kind, hint = (
                Action.HAND_BACK,
                "hand_back",
                self.ids[DIVRE_4 if "bpjs" in plan.item["domain"] else BANDUNG],
            )
        elif report.state is State.IN_PROGRESS:
            action, kind, hint = self.dice.choice(
                ((Action.HOLD, "hold", None), (Action.CLOSE, "close", None))
            )
        else:
            return
        actor = self._officer_for(plan)
        if actor.agency_id == self.ids[ROOT]:
            return  # the root makes the delegator's moves itself
        try:
            with self.session.begin_nested():
                request = requests.ask(
                    self.session,
                    actor,
                    self.form(report),
                    action,
                    later,
                    reason=self.dice.choice(self.reasons[kind]),
                    values={Carry.SUGGESTION: hint},
                )
        except Forbidden:
            return  # who acts for an office without an account may be its delegator too
        decided = self._later(later, 2, 40)
        if request is None or decided is None or self._chance(50):
            return
        decider = next((a for a in self.actors.values() if a.agency_id == request.decider_agency_id), None)
        if decider is None:
            return
        if action is Action.HAND_BACK or self._chance(35):
            answer = self.dice.choice(self.reasons["reject"])
            requests.reject(self.session, decider, request.id, answer, decided)
        else:
            requests.accept(self.session, decider, request.id, decided)

    def file(self, plan: Plan) -> Report:
        item = plan.item
        secret, anonymous = self._chance(35), self._chance(50)
        reporter: Reporter | FilingPerson = FilingPerson(self.dice.choice(self.names))
        if self._chance(3):
            reporter = self.citizen
        source = self.dice.choices([s for s, _ in SOURCES], [w for _, w in SOURCES])[0]
        return file_report(
            self.session,
            SYSTEM,
            Filing(
                text=item["text"].replace("{place}", plan.place).replace("{street}", plan.street),
                title=item["title"],
                source=source,
                is_secret=secret,
                is_anonymous=anonymous,
                category_id=self.categories.get(item["category"]),
                area_code=plan.area,
                location=plan.place,
                suggested_agency_id=self.ids[plan.agency] if plan.agency != ROOT else None,
            ),
            plan.at,
            reporter=reporter,
        )

    def verify(self, report: Report, plan: Plan, agency: str, at: datetime, copy: str = "") -> None:
        """The central desk dispatches it to `agency`, with a copy to `copy`, or to one that the dice name."""
        if not copy and self._chance(6):
            copy = self.dice.choice((BANDUNG, DIVRE_4, PUTR))
        verification.verify(
            self.session,
            self.actors[ROOT],
            self.form(report),
            verification.VerificationData(
                title=report.title,
                text=report.text,
                category_id=report.category_id,
                classification=Classification(plan.item["classification"]),
                agency_id=self.ids[agency],
                area_code=report.area_code,
                copy_ids=(self.ids[copy],) if copy else (),
            ),
            at,
        )

    def _officer_for(self, plan: Plan) -> Actor:
        """Who acts for the plan's agency: its own account, or the one above it ("a.n.")."""
        above = ROOT
        if plan.agency in BPJS_OFFICES:
            above = DIVRE_1
        elif plan.item["domain"].startswith("bandung_"):
            above = BANDUNG
        return self.actors.get(plan.agency) or self.actors[above]

    def form(self, report: Report) -> Form:
        return Form(report.id, report.version)

    def _chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def _later(self, at: datetime, least: int, most: int) -> datetime | None:
        """A moment some hours after `at`; None if it has not come yet."""
        later = at + timedelta(hours=self.dice.randint(least, most), minutes=self.dice.randrange(60))
        return later if later < self.now else None
