"""The header's two dots in one statement against fetches by primary key, and what an announcement to all costs.

Everything is written in a transaction that is taken back: the generated nation stays as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.inbox import badges as dots
from app.access.tree import ancestors
from app.models import Account, Agency, AgencyTree, BroadcastMark, Notification, Post, ReportScope
from app.rules.reports.notice_kinds import NoticeKind
from app.services.inbox.messages import Draft, send
from bench.inside import Inside
from bench.sizes import Sizes
from bench.table import Measure, at_most

UNREAD, READ, OTHERS = 10, 2_000, 50_000  # notifications of one officer, and of all others
ANNOUNCED, NEW = 500, 5  # announcements from above, and those of them that are unread
ASKED = 200  # times in a round


def badges(inside: Inside, sizes: Sizes) -> list[Measure]:
    found = inside.call(_measured, inside, sizes)
    # Outside of that call: each request is to find out anew who asks.
    officer = inside.call(lambda session: _officer(session, _deep_agency_with_reports(session)))
    page, statements = inside.page(inside.cookie(officer), "/notifikasi/jumlah", 5 * sizes.rounds)
    return [
        *found,
        Measure("what an open page asks once a minute, in process", page, "ms"),
        Measure("the same, statements", statements),
    ]


def _measured(session: Session, inside: Inside, sizes: Sizes) -> list[Measure]:
    agency_id = _deep_agency_with_reports(session)
    actor = inside.actor(_officer(session, agency_id))
    _fill(session, actor)
    found = dots.badges(session, actor)
    if (found.notifications, found.messages) != (UNREAD, NEW):
        raise RuntimeError(f"counted {found}")
    by_key = select(Agency.id).where(Agency.id == agency_id)
    both, key = _in_turn(
        (lambda: dots.badges(session, actor), lambda: session.execute(by_key).one()), sizes.rounds
    )
    root = inside.actor(
        _officer(session, session.scalars(select(Agency.id).where(Agency.parent_id.is_(None))).one())
    )
    inside.statements.clear()
    started = time.perf_counter()
    send(session, root, Draft("Pengumuman untuk semua.", to_all=True), datetime.now(UTC))
    taken = time.perf_counter() - started
    inserts = sum(statement.startswith("INSERT") for statement, _ in inside.statements)
    below = session.scalar(select(func.count()).where(AgencyTree.ancestor_id == root.agency_id)) or 0
    session.rollback()
    return [
        Measure("both dots in one statement", both * 1000, "ms"),
        Measure("one fetch by primary key", key * 1000, "ms"),
        at_most("both dots / fetches by primary key", both / key, 5, "x"),
        Measure("agencies that read an announcement to all", below - 1),
        at_most("rows written for it", inserts, 1),
        Measure("an announcement to all", taken * 1000, "ms"),
    ]


def _officer(session: Session, agency_id: int) -> int:
    found = session.scalar(
        select(func.min(Account.id)).where(Account.agency_id == agency_id, Account.active.is_(True))
    )
    if found is None:
        raise RuntimeError(f"agency {agency_id} has no officer")
    return int(found)


def _deep_agency_with_reports(session: Session) -> int:
    """The agency with the most agencies above it among those with an officer and reports to be told of."""
    reports = select(ReportScope.agency_id).group_by(ReportScope.agency_id).having(func.count() >= READ // 10)
    staffed = select(Account.agency_id).where(Account.active.is_(True))
    return session.scalars(
        select(AgencyTree.unit_id)
        .where(AgencyTree.unit_id.in_(reports), AgencyTree.unit_id.in_(staffed))
        .group_by(AgencyTree.unit_id)
        .order_by(func.count().desc(), AgencyTree.unit_id)
        .limit(1)
    ).one()


def _fill(session: Session, actor: Actor) -> None:
    now = datetime.now(UTC)
    seen = session.scalars(
        select(ReportScope.report_id).where(ReportScope.agency_id == actor.agency_id).distinct().limit(READ)
    ).all()
    others = session.scalars(select(Account.id).where(Account.id != actor.user_id)).all()

    def row(user_id: int | None, number: int, *, read: bool) -> dict[str, Any]:
        return {
            "user_id": user_id,
            "kind": NoticeKind.COMMENT,
            "occurrence": f"bench:{number}",
            "report_id": seen[number % len(seen)],
            "at": now - timedelta(minutes=number),
            "read_at": now if read else None,
        }

    session.execute(
        insert(Notification),
        [row(others[n % len(others)], n, read=n % 3 > 0) for n in range(OTHERS)]
        + [row(actor.user_id, n, read=n >= UNREAD) for n in range(UNREAD + READ)],
    )
    above = ancestors(session, [actor.agency_id or 0])[actor.agency_id or 0]
    posts = session.scalars(
        insert(Post).returning(Post.id),
        [
            {
                "agency_id": above[n % len(above)],
                "user_id": actor.user_id,
                "text": "x",
                "to_all": True,
                "at": now,
            }
            for n in range(ANNOUNCED)
        ],
    ).all()
    upto = sorted(posts)[-NEW - 1]
    session.add(BroadcastMark(agency_id=actor.agency_id, upto_id=upto, user_id=actor.user_id, at=now))
    session.flush()
    for table in ("notification", "post", "broadcast_mark"):
        session.execute(text(f"ANALYZE {table}"))


def _in_turn(asked: tuple[Callable[[], object], ...], rounds: int) -> list[float]:
    """Seconds that each takes, the median of the rounds: one after the other, so that all meet the same load."""
    taken: list[list[float]] = [[] for _ in asked]
    for _ in range(rounds):
        for ask, times in zip(asked, taken, strict=True):
            started = time.perf_counter()
            for _ in range(ASKED):
                ask()
            times.append((time.perf_counter() - started) / ASKED)
    return [median(times) for times in taken]
