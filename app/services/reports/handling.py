"""The holder's work: follow up, forward to a unit below, comment (manual 6.3 and 6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.standing import deed_of
from app.models import Comment, FollowUp
from app.rules import text
from app.rules.reports.codes import Visibility
from app.rules.reports.workflow import Action, Carry
from app.services.attachments.uploads import claim
from app.services.reports.copies import send_copies
from app.services.reports.locked_report import Form, begin
from app.services.reports.transition import Applied, Carried, apply


def follow_up(
    session: Session,
    actor: Actor,
    form: Form,
    body: str,
    now: datetime,
    *,
    secret: bool = False,
    files: Sequence[str] = (),
) -> FollowUp | None:
    """Tindak Lanjut (manual 6.3): the holder answers the reporter. None for a second click.

    A secret one is read by the reporter and officers, not by the public. `files`: stored names of
    what was uploaded for it.
    """
    report, fresh = begin(session, actor, form, Action.FOLLOW_UP.value, now)
    if not fresh:
        return None
    cleaned = text.clean(body, "text", limit=text.REPORT_TEXT_MAX)
    claimed = claim(session, actor, files, report.id, now)
    number = (session.scalar(select(func.max(FollowUp.seq)).where(FollowUp.report_id == report.id)) or 0) + 1
    applied = apply(
        session,
        actor,
        report,
        Action.FOLLOW_UP,
        now,
        Carried(
            values={Carry.TEXT: cleaned},
            data={"follow_up": number, **claimed.data},
            visibility=Visibility.REPORTER if secret else Visibility.PUBLIC,
        ),
    )
    assert actor.user_id is not None, "only officers hold reports"
    assert actor.agency_id is not None, "only officers hold reports"
    answer = FollowUp(
        report_id=report.id,
        seq=number,
        agency_id=actor.agency_id,
        on_behalf_of_id=applied.on_behalf_of,
        user_id=actor.user_id,
        text=cleaned,
        is_secret=secret,
        at=now,
    )
    session.add(answer)
    session.flush()
    claimed.give(report, follow_up_id=answer.id)
    return answer


def forward(
    session: Session,
    actor: Actor,
    form: Form,
    agency_id: int | None,
    now: datetime,
    *,
    copy_ids: tuple[int, ...] = (),
) -> Applied | None:
    """Teruskan (manual 6.4): on to a unit below the holder, with copies. None for a second click."""
    report, fresh = begin(session, actor, form, Action.FORWARD.value, now)
    if not fresh:
        return None
    applied = apply(
        session,
        actor,
        report,
        Action.FORWARD,
        now,
        Carried(
            values={Carry.AGENCY: agency_id},
            agency_id=agency_id,
            data={"agency": agency_id, "copies": sorted(copy_ids)},
        ),
    )
    send_copies(session, actor, report, copy_ids, now)
    return applied


def comment(
    session: Session, actor: Actor, form: Form, body: str, now: datetime, *, files: Sequence[str] = ()
) -> Comment | None:
    """Komentar: a remark by whoever sees the report. It makes no open form stale (case J4)."""
    report, fresh = begin(session, actor, form, Action.COMMENT.value, now, may_be_stale=True)
    if not fresh:
        return None
    cleaned = text.clean(body, "text", limit=text.REPORT_TEXT_MAX)
    claimed = claim(session, actor, files, report.id, now)
    assert actor.user_id is not None, "guests do not comment"
    remark = Comment(
        report_id=report.id, user_id=actor.user_id, agency_id=deed_of(actor, report), text=cleaned, at=now
    )
    session.add(remark)
    session.flush()
    claimed.give(report, comment_id=remark.id)
    apply(
        session,
        actor,
        report,
        Action.COMMENT,
        now,
        Carried(
            values={Carry.TEXT: cleaned},
            data={"comment": remark.id, **claimed.data},
            visibility=Visibility.OFFICERS if report.is_secret else Visibility.PUBLIC,
        ),
    )
    return remark
