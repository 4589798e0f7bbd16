"""Tries at signing in that failed: how often, for whom, from where; all as keyed hashes that name nobody.

Kept by day for two readers: the owner of an account, who is written to once a day, and whoever reads the
audit log, where many names from one place, or one name from many places, show as a wave.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from app.models import Account, FailedSignIn
from app.rules.zones import Zone
from app.services import outbox
from app.services.system import attempt_counts

TOPIC = "sign_in_tried"
COUNTRY = ZoneInfo(Zone.WIB.value)  # whose days are meant
KEPT = timedelta(days=30)
BATCH = 1_000
WORTH_A_LETTER = 5  # failures; fewer are somebody's own fingers
PAUSE = timedelta(hours=20)  # between two letters about one account: one a day, whenever the job runs


def key_of_place_name(place: str, name: str) -> str:
    """Whom tries.SIGN_IN_PLACE_NAME counts. `place`, `name`: their hashes."""
    return f"{place}:{name}"


def note(session: Session, place: str, name: str, user_id: int | None, now: datetime) -> None:
    """One failure more. `place`, `name`: keyed hashes. The same statement for known and unknown names."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(FailedSignIn)
        .values(
            place_hash=place,
            name_hash=name,
            day=now.astimezone(COUNTRY).date(),
            user_id=user_id,
            number=1,
            told=0,
            first_at=now,
            last_at=now,
        )
        .on_conflict_do_update(
            index_elements=[FailedSignIn.day, FailedSignIn.place_hash, FailedSignIn.name_hash],
            set_={"number": FailedSignIn.number + 1, "last_at": now, "user_id": user_id},
        )
    )


def forgive(session: Session, account: Account) -> None:
    """The lock of an account, and what was counted of its names at any place, begin anew."""
    account.fail_login_count, account.locked_until = 0, None
    if account.id is None:
        return
    attempt_counts.drop(session, attempt_counts.SECOND_STEP, account.id)
    counted = session.execute(
        select(FailedSignIn.place_hash, FailedSignIn.name_hash)
        .where(FailedSignIn.user_id == account.id)
        .distinct()
    )
    for place, name in counted.all():
        attempt_counts.drop(session, attempt_counts.SIGN_IN_PLACE_NAME, key_of_place_name(place, name))


def plan_letters(session: Session, now: datetime) -> int:
    """Queue a letter to each owner whose account was tried often since the last one; how many."""
    untold = FailedSignIn.number - FailedSignIn.told
    other = aliased(FailedSignIn)
    told_lately = exists().where(other.user_id == FailedSignIn.user_id, other.told_at > now - PAUSE)
    rows = session.execute(
        select(
            FailedSignIn.user_id,
            func.sum(untold),
            func.min(FailedSignIn.first_at),
            func.max(FailedSignIn.last_at),
            func.max(FailedSignIn.told_at),
        )
        .where(FailedSignIn.user_id.is_not(None), untold > 0, ~told_lately)
        .group_by(FailedSignIn.user_id)
        .having(func.sum(untold) >= WORTH_A_LETTER)
        .limit(BATCH)
    ).all()
    for user_id, number, first, last, told_at in rows:
        outbox.put(
            session, TOPIC, f"{TOPIC}:{user_id}:{now.isoformat()}", now, user=user_id, number=int(number),
            first=max(first, told_at or first).isoformat(), last=last.isoformat(),
        )  # fmt: skip
        session.execute(
            update(FailedSignIn)
            .where(FailedSignIn.user_id == user_id)
            .values(told=FailedSignIn.number, told_at=now)
        )
    return len(rows)


def forget(session: Session, now: datetime) -> int:
    """Remove what is older than KEPT, one batch; how many rows there were."""
    old = (
        select(FailedSignIn.day, FailedSignIn.place_hash, FailedSignIn.name_hash)
        .where(FailedSignIn.last_at <= now - KEPT)
        .limit(BATCH)
    )
    rows = session.execute(old).all()
    for day, place, name in rows:
        session.execute(
            delete(FailedSignIn).where(
                FailedSignIn.day == day, FailedSignIn.place_hash == place, FailedSignIn.name_hash == name
            )
        )
    return len(rows)
