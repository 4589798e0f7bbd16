"""What moves of one shape carry, whoever makes them: a reason, or the reason of an archiving."""

from __future__ import annotations

from collections.abc import Mapping

from app.rules.reports.actions import DEFINITIONS, AgencyOfRequest
from app.rules.reports.codes import Visibility
from app.rules.reports.workflow import BY_ACTION, Action, Carry
from app.services.reports.transition import Carried


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
