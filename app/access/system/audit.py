"""The audit log, read by central admins: newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Account, Agency, AuditEntry


@dataclass(frozen=True)
class Noted:
    """An entry, with the names of who made it and of their agency at the time ("" for the system)."""

    entry: AuditEntry
    who: str
    agency: str


def entries(session: Session, *, kind: str, before: int | None, limit: int) -> list[Noted]:
    """Up to `limit` entries of a kind ("": of every kind) that are older than the key `before`."""
    query = (
        select(AuditEntry, Account, Agency.name)
        .outerjoin(Account, Account.id == AuditEntry.user_id)
        .outerjoin(Agency, Agency.id == AuditEntry.agency_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    if kind:
        query = query.where(AuditEntry.object_kind == kind)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return [
        Noted(entry, account.get_full_name() if account else "", agency or "")
        for entry, account, agency in session.execute(query)
    ]


def kinds(session: Session) -> Sequence[str]:
    """The kinds that occur, each found by one step into the index."""
    found: list[str] = []
    while True:
        query = select(AuditEntry.object_kind).order_by(AuditEntry.object_kind).limit(1)
        if found:
            query = query.where(AuditEntry.object_kind > found[-1])
        kind = session.scalar(query)
        if kind is None:
            return found
        found.append(kind)
