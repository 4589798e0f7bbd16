"""What moves of one shape carry, whoever makes them: a reason, the reason of an archiving, copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import rewrite
from app.models import Agency, Copy, Report
from app.rules.errors import Invalid
from app.rules.reports.actions import DEFINITIONS, AgencyOfRequest
from app.rules.reports.codes import Visibility
from app.rules.reports.workflow import BY_ACTION, Action, Carry
from app.services.reports.transition import AGENCY_INACTIVE, Carried


def reasoned(reason: str) -> Carried:
    """The reporter reads why: a case closed without a word is what reporters complain about."""
    return Carried(values={Carry.REASON: reason}, texts={"reason": reason}, visibility=Visibility.REPORTER)


def requested(
    action: Action,
    reason: str,
    values: Mapping[Carry, int],
    *,
    request_id: int | None = None,
    answer: str = "",
) -> Carried:
    """A move with what a request for it carries, whether it was asked for or is made at once."""
    fields = DEFINITIONS[action].fields
    why = reasoned(reason) if Carry.REASON in BY_ACTION[action].carries else Carried()
    return Carried(
        values={**why.values, **values},
        agency_id=next((values[each.carry] for each in fields if isinstance(each, AgencyOfRequest)), None),
        data={
            **{each.key: values[each.carry] for each in fields},
            **({} if request_id is None else {"request": request_id}),
        },
        texts={**why.texts, "answer": answer},
        visibility=why.visibility,
    )


def archiving(code: str, note: str) -> Carried:
    """`code`: a reason of the table archive_reason, shown to the reporter with the note."""
    return Carried(
        values={Carry.REASON_CODE: code, Carry.TEXT: note},
        archive_reason=code,
        data={"reason": code},
        texts={"note": note},
        visibility=Visibility.REPORTER,
    )


def send_copies(
    session: Session, actor: Actor, report: Report, agency_ids: Iterable[int], now: datetime
) -> None:
    """Salinan (manual 6.4; case I10): let other agencies read along. The holder needs none; a second copy is the first one."""
    wanted = set(agency_ids) - {report.holder_id}
    if not wanted:
        return
    present = set(session.scalars(select(Copy.agency_id).where(Copy.report_id == report.id)))
    active = set(session.scalars(select(Agency.id).where(Agency.id.in_(wanted), Agency.in_use)))
    if wanted - active:
        raise Invalid({"copies": AGENCY_INACTIVE})
    for agency_id in wanted - present:
        session.add(Copy(report_id=report.id, agency_id=agency_id, from_agency_id=actor.agency_id, at=now))
    rewrite(session, report)
