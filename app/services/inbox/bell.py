"""The one reader of events for the bell of officers: who is told what, in the transaction of the event.

Who did it is not told, nobody is told of one event twice, and files make no difference (case F1). What
one may read of it is asked later, when it is read and when it is mailed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.inbox import notifications as bell
from app.access.standing import chains
from app.models import Disposition, Event, Notification, Report, ReportClock, Request
from app.rules.inbox.notifications import MADE_BY, NOTICES, Mailing
from app.rules.reports.actions import ACTION_OF
from app.rules.reports.codes import EventKind, RequestStatus, Upkeep
from app.rules.reports.notice_kinds import NoticeKind, Whom
from app.rules.reports.workflow import REQUESTABLE
from app.services import outbox

MAIL_TOPIC = "mail_notification"
# What changes nothing about what an agency owes.
TALK = frozenset({EventKind.COMMENTED, EventKind.CORRECTED})


def hear(session: Session, actor: Actor, report: Report, event: Event) -> None:
    """Write what officers are told of `event`, which was just recorded on the locked `report`."""
    if event.kind not in TALK:
        forget_reminders(session, report)
    if event.data.get("why") == Upkeep.DEACTIVATED.value:
        return  # a whole desk is handed over: that is told once, not for each report
    told: set[int] = set()
    for kind in MADE_BY.get(event.kind, ()):
        notice = NOTICES[kind]
        for agency_id in WHOM[notice.whom](session, report, event):
            people = bell.officers(
                session, agency_id, besides=actor.user_id, group=notice.group, report=report
            )
            new = {key: mailing for key, mailing in people.items() if key not in told}
            told |= new.keys()
            tell(
                session,
                kind,
                f"event:{report.id}:{event.seq}",
                new,
                event.at,
                report_id=report.id,
                agency_id=event.agency_id,
            )


def tell(
    session: Session,
    kind: NoticeKind,
    occurrence: str,
    people: Mapping[int, Mailing],
    now: datetime,
    *,
    report_id: int | None = None,
    clock_id: int | None = None,
    agency_id: int | None = None,
) -> int:
    """Tell `people` of one occurrence, each once; how many did not know. Mails wait in the outbox."""
    if not people:
        return 0
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [
        {
            "user_id": user_id,
            "kind": kind,
            "occurrence": occurrence,
            "report_id": report_id,
            "clock_id": clock_id,
            "agency_id": agency_id,
            "at": now,
        }
        for user_id in people
    ]
    statement = insert(Notification).values(rows).on_conflict_do_nothing()
    new = session.execute(statement.returning(Notification.id, Notification.user_id)).all()
    for key, user_id in new:
        if people[user_id] is Mailing.AT_ONCE:
            outbox.put(session, MAIL_TOPIC, f"{MAIL_TOPIC}:{key}:{now.isoformat()}", now, notification=key)
    return len(new)


def account_changed(session: Session, actor: Actor, user_id: int, now: datetime) -> None:
    """Somebody else changed an officer's account: several fields at once are one occurrence."""
    people = bell.owner(session, user_id, group=NOTICES[NoticeKind.ACCOUNT].group)
    others = {key: mailing for key, mailing in people.items() if key != actor.user_id}
    tell(session, NoticeKind.ACCOUNT, f"account:{now.isoformat()}", others, now, agency_id=actor.agency_id)


def handed_over(session: Session, actor: Actor, gone: int, successor_id: int, now: datetime) -> None:
    """The open reports of agency `gone` come to `successor_id`: told once, however many batches there are."""
    people = bell.officers(
        session, successor_id, besides=actor.user_id, group=NOTICES[NoticeKind.HANDOVER].group
    )
    tell(session, NoticeKind.HANDOVER, f"handover:{gone}:{now.isoformat()}", people, now, agency_id=gone)


def forget_reminders(session: Session, report: Report) -> None:
    """Take back what reminds of a clock of the report that does not run any more, or whose deadline has
    moved, whoever had it (cases B8, F7): one officer has acted, or the report is elsewhere, held, or closed."""
    stale = delete(Notification).where(
        Notification.report_id == report.id,
        Notification.clock_id.is_not(None),
        Notification.read_at.is_(None),
    )
    if report.clock_kind is not None:
        running = select(ReportClock.id).where(
            ReportClock.report_id == report.id, ReportClock.outcome.is_(None), ReportClock.reminded > 0
        )
        stale = stale.where(Notification.clock_id.not_in(running))
    session.execute(stale)


def _holder(session: Session, report: Report, event: Event) -> Iterable[int]:
    """But for the agency that asked for this move: the decision on its request tells it."""
    action = ACTION_OF.get(event.kind)
    asked = action in REQUESTABLE and session.scalar(
        select(Request.asker_agency_id).where(
            Request.report_id == report.id, Request.action == action, Request.status == RequestStatus.OPEN
        )
    )
    return () if asked == report.holder_id else (report.holder_id,)


def _former(session: Session, report: Report, event: Event) -> Iterable[int]:
    """The agencies that this event cut from the chain."""
    cut = select(Disposition.agency_id).where(
        Disposition.report_id == report.id,
        Disposition.ended_at == event.at,
    )
    left = {link.agency_id for link in chains(session, [report.id])[report.id]}
    return sorted(set(session.scalars(cut)) - left)


def _copies(_session: Session, _report: Report, event: Event) -> Iterable[int]:
    found: list[int] = event.data.get("copies", [])
    return found


def _holder_and_delegator(session: Session, report: Report, _event: Event) -> Iterable[int]:
    return [link.agency_id for link in reversed(chains(session, [report.id])[report.id][-2:])]


def _decider(session: Session, _report: Report, event: Event) -> Iterable[int]:
    return (session.get_one(Request, event.data["request"]).decider_agency_id,)


def _asker(session: Session, report: Report, event: Event) -> Iterable[int]:
    """Not who has lost the report by it: that is told once, and nothing afterwards (case C14)."""
    asker = session.get_one(Request, event.data["request"]).asker_agency_id
    stays = {link.agency_id for link in chains(session, [report.id])[report.id]} | {report.recorder_agency_id}
    return () if asker is None or asker not in stays else (asker,)


def _nobody(_session: Session, _report: Report, _event: Event) -> Iterable[int]:
    return ()


WHOM: Mapping[Whom, Callable[[Session, Report, Event], Iterable[int]]] = {
    Whom.HOLDER: _holder,
    Whom.FORMER: _former,
    Whom.COPIES: _copies,
    Whom.HOLDER_AND_DELEGATOR: _holder_and_delegator,
    Whom.DECIDER: _decider,
    Whom.ASKER: _asker,
    Whom.NAMED: _nobody,
}
