"""What moves of one shape carry, whoever makes them: a reason, the reason of an archiving, or what a request
carries beside its reason, by the type of each of its fields: checked, kept and read.

A request keeps an agency in a column of its own, so that a merger of agencies finds it; numbers lie together.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.models import Agency, Request
from app.rules import text
from app.rules.errors import Invalid
from app.rules.labels import Filled
from app.rules.reports.actions import (
    DAYS_OUT_OF_RANGE,
    DEFINITIONS,
    MISSING,
    AgencyOfRequest,
    DaysOfRequest,
    RequestField,
)
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


def checked(
    session: Session, action: Action, reason: str, values: Mapping[Carry, int | None]
) -> tuple[str, dict[Carry, int]]:
    """The reason as it is kept, and what the fields of `action` hold in `values`.

    Raises Invalid for what is missing or cannot be: everything wrong at once.
    """
    found, errors = {}, {}
    cleaned = ""
    try:
        cleaned = text.clean(reason, "reason", limit=text.REPORT_TEXT_MAX, required=False)
    except Invalid as wrong:
        errors.update(wrong.errors)
    if Carry.REASON in BY_ACTION[action].carries and not cleaned:
        errors.setdefault("reason", MISSING[Carry.REASON])
    for field in DEFINITIONS[action].fields:
        value = values.get(field.carry)
        fault = MISSING[field.carry] if value is None else _fault(session, field, value)
        if value is None or fault:
            errors[field.name] = fault
        else:
            found[field.carry] = value
    if errors:
        raise Invalid(errors)
    return cleaned, found


def _fault(session: Session, field: RequestField, value: int) -> str:
    if isinstance(field, AgencyOfRequest):
        agency = session.get(Agency, value)
        if agency is None:
            return MISSING[field.carry]
        return "" if agency.in_use else AGENCY_INACTIVE
    if isinstance(field, DaysOfRequest) and not field.least <= value <= field.most:
        return Filled(DAYS_OUT_OF_RANGE, least=field.least, most=field.most)
    return ""


def keep(request: Request, values: Mapping[Carry, int]) -> None:
    """Write `values` of a request down."""
    kept = dict(request.carried or {})
    for field in DEFINITIONS[request.action].fields:
        if isinstance(field, AgencyOfRequest):
            request.suggested_agency_id = values[field.carry]
        else:
            kept[field.name] = values[field.carry]
    request.carried = kept


def kept(request: Request) -> dict[Carry, int | None]:
    """What `request` carries beside its reason."""
    return {
        field.carry: request.suggested_agency_id
        if isinstance(field, AgencyOfRequest)
        else request.carried.get(field.name)
        for field in DEFINITIONS[request.action].fields
    }
