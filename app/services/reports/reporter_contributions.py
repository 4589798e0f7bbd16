"""What the reporter does to their own report, or an officer who recorded it does for them.

Source: the manual, 3.4, and the working rules for reporters: an answer stops the automatic closing;
on a closed report it asks for reopening instead (case B7).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.standing import chains, deed_of, standing
from app.models import Reply, Report
from app.rules import text
from app.rules.errors import Forbidden
from app.rules.labels import N_
from app.rules.reports.codes import EventKind, Visibility
from app.rules.reports.workflow import BY_ACTION, Action, Carry, State
from app.services.attachments.uploads import Claimed, claim
from app.services.reports import requests
from app.services.reports.history import record
from app.services.reports.locked_report import Form, begin
from app.services.reports.payloads import archiving, reasoned
from app.services.reports.transition import Applied, Carried, apply

WITHDRAWN = "withdrawn"
ONLY_FILES = N_("Pelapor mengirim lampiran tanpa teks.")


def reply(
    session: Session, actor: Actor, form: Form, body: str, now: datetime, *, files: Sequence[str] = ()
) -> Reply | None:
    """Tanggapan Pelapor. `files`: stored names of what was uploaded for it; with some the text may be empty.

    On a closed report the answer asks for reopening; a second one joins the open request. None for a
    second click.
    """
    return _say(session, actor, form, Action.REPLY, body, now, files=files)


def complete(
    session: Session, actor: Actor, form: Form, body: str, now: datetime, *, files: Sequence[str] = ()
) -> Reply | None:
    """Lengkapi: the reporter gives what was missing; the report goes back to the central desk."""
    return _say(session, actor, form, Action.COMPLETE, body, now, files=files)


def close(session: Session, actor: Actor, form: Form, reason: str, now: datetime) -> Applied | None:
    """The reporter closes their own report: it is settled for them. None for a second click."""
    report, fresh = begin(session, actor, form, Action.CLOSE.value, now, may_be_stale=True)
    if not fresh:
        return None
    cleaned = text.clean(reason, "reason", limit=text.REPORT_TEXT_MAX)
    return apply(session, actor, report, Action.CLOSE, now, reasoned(cleaned))


def withdraw(session: Session, actor: Actor, form: Form, note: str, now: datetime) -> Applied | None:
    """The reporter takes an unhandled report back: it is archived at their wish."""
    report, fresh = begin(session, actor, form, Action.ARCHIVE.value, now, may_be_stale=True)
    if not fresh:
        return None
    cleaned = text.clean(note, "text", limit=text.REPORT_TEXT_MAX)
    return apply(session, actor, report, Action.ARCHIVE, now, archiving(WITHDRAWN, cleaned))


def _say(
    session: Session,
    actor: Actor,
    form: Form,
    action: Action,
    body: str,
    now: datetime,
    *,
    files: Sequence[str],
) -> Reply | None:
    report, fresh = begin(session, actor, form, action.value, now, may_be_stale=True)
    if not fresh:
        return None
    claimed = claim(session, actor, files, report.id, now)
    cleaned = text.clean(body, "text_or_file", limit=text.REPORT_TEXT_MAX, required=not claimed)
    if action is Action.REPLY and report.state is State.CLOSED:
        return _reply_on_closed(session, actor, report, cleaned, now, claimed)
    answer = _write(session, actor, report, cleaned, now, claimed)
    carried = Carried(
        values={Carry.TEXT_OR_FILE: cleaned or bool(claimed)},
        data={"reply": answer.seq, **claimed.data},
        visibility=Visibility.REPORTER,
    )
    apply(session, actor, report, action, now, carried)
    return answer


def _write(
    session: Session, actor: Actor, report: Report, body: str, now: datetime, claimed: Claimed
) -> Reply:
    last = session.scalar(select(func.max(Reply.seq)).where(Reply.report_id == report.id))
    recorder = deed_of(actor, report)
    answer = Reply(
        report_id=report.id,
        seq=(last or 0) + 1,
        text=body,
        recorder_user_id=None if recorder is None else actor.user_id,
        recorder_agency_id=recorder,
        at=now,
    )
    session.add(answer)
    session.flush()
    claimed.give(report, reply_id=answer.id)
    return answer


def _reply_on_closed(
    session: Session, actor: Actor, report: Report, body: str, now: datetime, claimed: Claimed
) -> Reply:
    """Kept, and a request to reopen: the delegator decides. A second answer joins the first request."""
    # No move of the table asks for it here: who only reads along speaks for nobody.
    mine = standing(actor, report, chains(session, [report.id])[report.id])
    if not mine.whos & BY_ACTION[Action.REPLY].makers:
        raise Forbidden
    answer = _write(session, actor, report, body, now, claimed)
    report.last_reply_at = now
    record(
        session,
        actor,
        report,
        EventKind.REPLIED,
        now,
        visibility=Visibility.REPORTER,
        data={"reply": answer.seq, **claimed.data},
    )
    if requests.find_open(session, report.id, Action.REOPEN) is None:
        reason = body or ONLY_FILES
        requests.open_request(session, actor, report, Action.REOPEN, now, reason=reason)
    return answer
