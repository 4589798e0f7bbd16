"""Fill an empty installation with the demo: some 600 reports in every state, relative to today.

Everything goes through the same services as real work, with the time as an argument. The dice are
seeded: two installations made on the same day are alike.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask_appbuilder.security.sqla.models import Role as FabRole
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.demo.agencies import (
    ACCOUNTS,
    BANDUNG_DISTRICTS,
    BANDUNG_OFFICES,
    BPJS,
    BPJS_OFFICES,
    DISTRICT_DOMAIN,
    DIVRE_1,
    ROOT,
    build_agencies,
)
from app.demo.builder import Builder, Plan
from app.demo.scenes import play_scenes
from app.demo.talk import play_talk, settle_bells
from app.extensions import db
from app.models import Account, Area, Reporter
from app.services.reports.expired_clocks import expire_batch

PASSWORD = "Lapor-Demo-2026"
CONTENT = Path(__file__).resolve().parent / "content"
SEED = 3
REPORTS = 600
DAYS = 120  # how far back the demo reaches
BATCH = 50
WORK_HOURS = (8, 20)  # local hours at which people write
Transactions = Callable[[], AbstractContextManager[Session]]


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
        play_scenes(Builder(session, dice, content, ids, now), content["complaints"])
    with transaction() as session:
        play_talk(Builder(session, dice, content, ids, now))
    with transaction() as session:
        while expire_batch(session, now).moved:
            pass
        settle_bells(session, now)


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
