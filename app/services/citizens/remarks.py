"""Comments by citizens on public reports: written by whoever is signed in, let through by the agency."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.citizens.public_reports import public_report
from app.access.citizens.remarks import get_comment
from app.access.standing import is_own
from app.models import PublicComment
from app.rules import text
from app.rules.accounts.roles import Resource, Verb
from app.rules.citizens.forms import CommentState
from app.rules.errors import Forbidden
from app.rules.labels import N_
from app.services import idempotency
from app.services.reports.locked_report import Form

COMMENT_MAX = 1_000
YOUR_OWN = N_("Ini laporan Anda. Tulis tanggapan di Laporan Saya; instansi membacanya di sana.")


def may_write(actor: Actor) -> bool:
    """Citizens alone. An officer writes as the citizen that they are (Actor.as_citizen); the desk's comments
    are another thing, which the public does not read."""
    return actor.agency_id is None and actor.may(Resource.OWN_REPORTS, Verb.ACT)


def write(session: Session, actor: Actor, form: Form, body: str, now: datetime) -> PublicComment | None:
    """A comment that waits for moderation. None for a second click.

    Raises NotFound for a report that is not public, Forbidden for who may not write; also on one's own
    report: the name of whoever wrote it would be told there.
    """
    report = public_report(session, form.report_id).report
    if not may_write(actor):
        raise Forbidden
    if is_own(actor, report):
        raise Forbidden(YOUR_OWN)
    cleaned = text.clean(body, "text", limit=COMMENT_MAX)
    if not idempotency.claim(session, actor, form.key, f"remark:{report.id}", now):
        return None
    assert actor.user_id is not None, "who may write has an account"
    comment = PublicComment(
        report_id=report.id, user_id=actor.user_id, text=cleaned, at=now, state=CommentState.WAITING
    )
    session.add(comment)
    session.flush()
    return comment


def moderate(
    session: Session, actor: Actor, comment_id: int | None, state: CommentState, now: datetime
) -> PublicComment:
    """Let a comment be read by all, or hide it; the last word counts. Raises NotFound."""
    comment = get_comment(session, actor, comment_id, lock=True).comment
    comment.state, comment.decided_at = state, now
    comment.decider_user_id, comment.decider_agency_id = actor.user_id, actor.agency_id
    return comment
