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
    ROOT,
    DemoAccount,
    build_agencies,
)
from app.extensions import db
from app.models import Account, Area, Category, Report, Reporter
from app.models.security import ours, permission_rows
from app.rules.labels import Classification, Source
from app.services import central, handling
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
            builder = Builder(session, dice, content["people"]["names"], ids, now)
            for plan in plans[first : first + BATCH]:
                builder.play(plan)
    with transaction() as session:
        while expire_batch(session, now).moved:
            pass


_FILES = ("complaints", "people", "places")


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
        plans.append(Plan(item, min(at, now - timedelta(minutes=20)), agency, area, village))
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
        names: list[str],
        ids: Mapping[str, int],
        now: datetime,
    ) -> None:
        self.session, self.dice, self.names, self.ids, self.now = session, dice, names, ids, now
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
        item, domain = plan.item, plan.item["domain"]
        if domain in ("incomplete", "archive", "national"):
            return  # these wait at the central desk; what becomes of them is the desk's to decide
        at = self._later(plan.at, 4, 60)
        if at is None or (self.now - plan.at < timedelta(days=3) and self.dice.random() < 0.5):
            return
        self._verify(report, plan, at)
        for number, text in enumerate(item["follow_ups"]):
            at = self._later(at, 3, 120)
            if at is None or self.dice.random() < 0.12 + 0.2 * number:
                return
            expire_batch(self.session, at)
            if report.ended_at is not None:
                return
            actor = self._officer_for(plan)
            handling.follow_up(
                self.session,
                actor,
                Form(report.id, report.version),
                text,
                at,
                secret=self.dice.random() < 0.08,
            )

    def _file(self, plan: Plan) -> Report:
        item = plan.item
        secret, anonymous = self.dice.random() < 0.35, self.dice.random() < 0.5
        reporter: Reporter | Person = Person(self.dice.choice(self.names))
        if self.dice.random() < 0.03:
            reporter = self.citizen
        source = self.dice.choices([s for s, _ in SOURCES], [w for _, w in SOURCES])[0]
        street = (
            f"Jl. {self.dice.choice(('Melati', 'Kenanga', 'Pahlawan', 'Merdeka', 'Cempaka', 'Flamboyan'))}"
        )
        return file_report(
            self.session,
            SYSTEM,
            Filing(
                text=item["text"].replace("{place}", plan.place).replace("{street}", street),
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

    def _verify(self, report: Report, plan: Plan, at: datetime) -> None:
        central.verify(
            self.session,
            self.actors[ROOT],
            Form(report.id, report.version),
            central.Verification(
                title=report.title,
                text=report.text,
                category_id=report.category_id,
                classification=Classification(plan.item["classification"]),
                agency_id=self.ids[plan.agency],
                area_code=report.area_code,
                copy_ids=(self.ids[BANDUNG],) if self.dice.random() < 0.04 else (),
            ),
            at,
        )

    def _officer_for(self, plan: Plan) -> Actor:
        """Who acts for the plan's agency: its own account, or the one above it ("a.n.")."""
        if plan.agency in BPJS_OFFICES:
            return self.actors.get(plan.agency) or self.actors[DIVRE_1]
        if plan.item["domain"].startswith("bandung_"):
            return self.actors.get(plan.agency) or self.actors[BANDUNG]
        return self.actors.get(plan.agency) or self.actors[ROOT]

    def _later(self, at: datetime, least: int, most: int) -> datetime | None:
        """A moment some hours after `at`; None if it has not come yet."""
        later = at + timedelta(hours=self.dice.randint(least, most), minutes=self.dice.randrange(60))
        return later if later < self.now else None
