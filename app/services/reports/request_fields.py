"""What a request carries beside its reason, by the type of each field: checked, kept and read.

An agency is kept in a column of its own, so that a merger of agencies finds it; numbers lie together.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.models import Agency, Request
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
from app.rules.reports.workflow import Action, Carry
from app.services.reports.transition import AGENCY_INACTIVE


def checked(session: Session, action: Action, values: Mapping[Carry, int | None]) -> dict[Carry, int]:
    """What the fields of `action` hold in `values`. Raises Invalid for what is missing or cannot be."""
    found, errors = {}, {}
    for field in DEFINITIONS[action].fields:
        value = values.get(field.carry)
        fault = MISSING[field.carry] if value is None else _fault(session, field, value)
        if value is None or fault:
            errors[field.name] = fault
        else:
            found[field.carry] = value
    if errors:
        raise Invalid(errors)
    return found


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
