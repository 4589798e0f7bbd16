"""What a reader does with their bell: open, mark all as read, choose how to be mailed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.inbox.notifications import BellItem, one
from app.models import Notification, NotificationSetting
from app.rules.errors import Invalid
from app.rules.inbox.notifications import SETTINGS, Mailing, NoticeGroup
from app.rules.labels import N_

KEPT = timedelta(days=180)
BATCH = 1_000
CHOOSE = N_("Pilih salah satu.")


def open_one(session: Session, actor: Actor, key: int | None, now: datetime) -> BellItem:
    """Mark one as read and return it. Raises NotFound for what the actor may not read at this moment."""
    item = one(session, actor, key)
    item.notification.read_at = item.notification.read_at or now
    return item


def read_all(session: Session, actor: Actor, upto: int, now: datetime) -> None:
    """Mark the actor's notifications as read, up to the newest that they were shown."""
    session.execute(
        update(Notification)
        .where(Notification.user_id == actor.user_id, Notification.read_at.is_(None), Notification.id <= upto)
        .values(read_at=now)
    )


def choose(session: Session, actor: Actor, wanted: Mapping[NoticeGroup, str]) -> None:
    """Keep how the actor wants to be mailed of each group. Raises Invalid at a group without a right choice."""
    wrong = {group.value: CHOOSE for group in SETTINGS if wanted.get(group) not in set(Mailing)}
    if wrong:
        raise Invalid(wrong)
    for group in SETTINGS:
        session.merge(NotificationSetting(user_id=actor.user_id, group=group, mailing=Mailing(wanted[group])))


def forget(session: Session, now: datetime) -> int:
    """Remove what is older than KEPT, one batch; how many there were."""
    old = select(Notification.id).where(Notification.at <= now - KEPT).limit(BATCH)
    keys = list(session.scalars(old))
    session.execute(delete(Notification).where(Notification.id.in_(keys)))
    return len(keys)
