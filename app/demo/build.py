"""Fill an empty installation with the demo: some 600 reports in every state, relative to today.

Everything goes through the same services as real work, with the time as an argument. The dice are
seeded: two installations made on the same day are alike.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from flask_appbuilder.security.sqla.models import Role as FabRole
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.access.actor import SYSTEM, Actor, actor_of
from app.demo.agencies import (
    ACCOUNTS,
    BANDUNG,
    BANDUNG_DISTRICTS,
    BANDUNG_OFFICES,
    BPJS,
    BPJS_OFFICES,
    DISTRICT_DOMAIN,
    DIVRE_1,
    DIVRE_4,
    PUTR,
    ROOT,
    DemoAccount,
    build_agencies,
)
from app.extensions import db
from app.models import Account, Area, Category, Report, Reporter
from app.models.security import ours, permission_rows
from app.rules.errors import Forbidden
from app.rules.labels import Classification, Source
from app.rules.roles import ROLE_MATRIX, Role
from app.rules.workflow import Action, State
from app.services import central, handling, reporting, requests
from app.services.entry import Form
from app.services.filing import Filing, Person, file_report
from app.services.sweep import expire_batch

PASSWORD = "Lapor-Demo-2026"
CONTENT = Path(__file__).resolve().parent / "content"
SEED = 3
REPORTS = 600
DAYS = 120  # how far back the demo reaches
BATCH = 50
WORK_HOURS = (8, 20)  # local hours at which people write
SOURCES = (
    (Source.WEBSITE, 45),
    (Source.ANDROID, 20),
    (Source.IOS, 6),
    (Source.SMS, 14),
    (Source.WHATSAPP, 8),
    (Source.CALL_CENTER, 4),
    (Source.FACE_TO_FACE, 3),
)
Transactions = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Plan:
    """One report to be: its text, when it comes, where it goes, and how far it has got by now."""

    item: Mapping[str, Any]
    at: datetime
    agency: str
    area: str | None
    place: str
    street: str


def is_empty() -> bool:
    """Whether no account was made yet: the demo is for a new installation alone."""
    return not db.session.scalar(select(func.count()).select_from(Account))


def build_demo(now: datetime, transaction: Transactions) -> None:
    """Build the demo as of `now` (aware), in a few transactions."""
    dice = random.Random(SEED)
    content = {name: json.loads((CONTENT / f"{name}.json").read_text("utf-8")) for name in _FILES}
    start = now - timedelta(days=DAYS)
    with transaction() as session:
        ids = build_agencies(session, start)
        build_accounts(session, ids, start)
    with transaction() as session:
        plans = make_plans(session, dice, content, now)
    for first in range(0, len(plans), BATCH):
        with transaction() as session:
            builder = Builder(session, dice, content, ids, now)
            for plan in plans[first : first + BATCH]:
                builder.play(plan)
    with transaction() as session:
        while expire_batch(session, now).moved:
            pass


_FILES = ("complaints", "people", "places", "reasons")


def build_accounts(session: Session, ids: Mapping[str, int], now: datetime) -> None:
    """The ten demo accounts, all with the one password that `make run` prints."""
    roles = {role.name: role for role in session.scalars(select(FabRole))}
    password = generate_password_hash(PASSWORD)
    for each in ACCOUNTS:
        account = Account(
            first_name=each.title,
            last_name="",
            username=each.name,
            email=each.email,
            password=password,
            active=True,
            agency_id=ids[each.agency] if each.agency else None,
            roles=[roles[each.role.value]],
            created_on=now.replace(tzinfo=None),
        )
        session.add(account)
        session.flush()
        if not each.agency:
            session.add(Reporter(user_id=account.id, name=each.title, email=each.email, created_at=now))


def make_plans(
    session: Session, dice: random.Random, content: Mapping[str, Any], now: datetime
) -> list[Plan]:
    """REPORTS plans in the order of their arrival, more of them lately than long ago."""
    regencies = session.execute(select(Area.code, Area.name).where(Area.level == 2).order_by(Area.code)).all()
    provinces = session.execute(select(Area.code, Area.name).where(Area.level == 1).order_by(Area.code)).all()
    districts = {
        name: code
        for code, name in session.execute(select(Area.code, Area.name).where(Area.parent_code == "32.04"))
    }
    office_of = {domain: name for name, (_, domain) in BANDUNG_OFFICES.items()}
    items = content["complaints"]
    plans = []
    for number in range(REPORTS):
        item = items[number % len(items)] if number < len(items) else dice.choice(items)
        domain = item["domain"]
        village = dice.choice(content["places"]["villages"])
        area: str | None = None
        if domain == "bpjs":
            agency = dice.choice((BPJS, DIVRE_1, DIVRE_1, *BPJS_OFFICES))
        elif domain == DISTRICT_DOMAIN:
            district = dice.choice(BANDUNG_DISTRICTS)
            agency, area = f"Kecamatan {district}", districts[district]
        elif domain in office_of:
            agency, area = office_of[domain], dice.choice(sorted(districts.values()))
        elif domain == "province":
            area, name = dice.choice(provinces)
            agency = f"Pemerintah Provinsi {name}"
        elif domain == "regency":
            area, name = dice.choice(
                [r for r in regencies if not item.get("kabupaten_only") or "Kabupaten" in r[1]]
            )
            agency = f"Pemerintah {name}"
        else:
            agency, area = ROOT, dice.choice(regencies)[0]
        age = DAYS * dice.random() ** 1.6
        at = _work_time(now - timedelta(days=age), dice)
        plans.append(
            Plan(
                item,
                min(at, now - timedelta(minutes=20)),
                agency,
                area,
                village,
                dice.choice(content["places"]["streets"]),
            )
        )
    return sorted(plans, key=lambda plan: plan.at)


def _work_time(at: datetime, dice: random.Random) -> datetime:
    """The same day at an hour when people write (UTC+7, near enough for all)."""
    hour = dice.randrange(*WORK_HOURS) - 7
    return at.astimezone(UTC).replace(
        hour=hour, minute=dice.randrange(60), second=dice.randrange(60), microsecond=0
    )


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
        report = self._file(plan)
        at = self._later(plan.at, 4, 60)
        if at is None or (self.now - plan.at < timedelta(days=3) and self._chance(50)):
            return
        if plan.item["domain"] == "incomplete":
            central.ask_details(
                self.session, self.actors[ROOT], self._form(report), plan.item["question"], at
            )
        elif plan.item["domain"] == "archive":
            note = "Laporan ini tidak dapat ditindaklanjuti."
            central.archive(
                self.session, self.actors[ROOT], self._form(report), plan.item["reason"], note, at
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
            handling.follow_up(self.session, actor, self._form(report), text, at, secret=secret)
            at = self._answer(report, plan, number, at)
        self._ask_something(report, plan, at)

    def _dispatch(self, report: Report, plan: Plan, at: datetime) -> datetime:
        """The central desk verifies; half of a branch office's reports come by way of those above it."""
        line = [plan.agency]
        if plan.agency in BPJS_OFFICES and self._chance(50):
            line = [BPJS, DIVRE_1, plan.agency]
        elif plan.agency in BANDUNG_OFFICES and self._chance(50):
            line = [BANDUNG, plan.agency]
        self._verify(report, plan, line[0], at)
        for giver, taker in pairwise(line):
            at = self._later(at, 1, 20) or at
            handling.forward(self.session, self.actors[giver], self._form(report), self.ids[taker], at)
        return at

    def _answer(self, report: Report, plan: Plan, number: int, at: datetime) -> datetime:
        """Some reporters answer, if they have something to say."""
        replies, later = plan.item["replies"], self._later(at, 2, 90)
        if later is None or number >= len(replies) or not self._chance(45):
            return at
        expire_batch(self.session, later)
        if report.ended_at is None:
            reporter = Actor(reporter_id=report.reporter_id, permissions=ROLE_MATRIX[Role.REPORTER])
            reporting.reply(self.session, reporter, self._form(report), replies[number], later)
        return later

    def _ask_something(self, report: Report, plan: Plan, at: datetime) -> None:
        """Some of the open reports carry a request; half of those are decided by now."""
        later = self._later(at, 1, 48)
        if later is None or report.ended_at is not None or not self._chance(45):
            return
        expire_batch(self.session, later)
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
                    self._form(report),
                    action,
                    later,
                    reason=self.dice.choice(self.reasons[kind]),
                    suggested_agency_id=hint,
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

    def _file(self, plan: Plan) -> Report:
        item = plan.item
        secret, anonymous = self._chance(35), self._chance(50)
        reporter: Reporter | Person = Person(self.dice.choice(self.names))
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

    def _verify(self, report: Report, plan: Plan, agency: str, at: datetime) -> None:
        central.verify(
            self.session,
            self.actors[ROOT],
            self._form(report),
            central.Verification(
                title=report.title,
                text=report.text,
                category_id=report.category_id,
                classification=Classification(plan.item["classification"]),
                agency_id=self.ids[agency],
                area_code=report.area_code,
                copy_ids=(self.ids[self.dice.choice((BANDUNG, DIVRE_4, PUTR))],) if self._chance(6) else (),
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

    def _form(self, report: Report) -> Form:
        return Form(report.id, report.version)

    def _chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def _later(self, at: datetime, least: int, most: int) -> datetime | None:
        """A moment some hours after `at`; None if it has not come yet."""
        later = at + timedelta(hours=self.dice.randint(least, most), minutes=self.dice.randrange(60))
        return later if later < self.now else None
