"""What officers do: every move by its name and the version that was read, and decisions on requests."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from sqlalchemy.orm import Session

from app.access.reports.requests import get_request
from app.access.scope import get_report
from app.rules.channels.api import Scope
from app.rules.reports.actions import REQUEST_FIELDS, DaysOfRequest, RequestField
from app.rules.reports.codes import Classification, RequestStatus
from app.rules.reports.workflow import REQUESTABLE, Action, State
from app.rules.text import REPORT_TEXT_MAX, TITLE_MAX
from app.services.reports import officer_actions, requests
from app.services.reports.locked_report import Form
from app.services.reports.officer_actions import Wanted
from app.views.channels.api.fields import Body, Shown, chosen, integer, matching, several, string, tick
from app.views.channels.api.filing import AREA, FILE, FILES_MAX
from app.views.channels.api.operation import answered, operation
from app.views.web import context

COPIES_MAX = 100
ACTIONS = tuple(action.value for action in Action if action in officer_actions.MAKES or action in REQUESTABLE)


def request_field(field: RequestField) -> fields.Field[Any]:
    """A field of a request, as a call names it."""
    if isinstance(field, DaysOfRequest):
        return integer(field.least, field.most)
    return integer()


class PlainMoveBody(Body):
    action = chosen(ACTIONS, required=True)
    mode = chosen(("make", "ask"), load_default="make")
    version = integer(required=True, metadata={"description": "Versi laporan yang dibaca"})
    text = string(REPORT_TEXT_MAX)
    title = string(TITLE_MAX)
    reason = string(REPORT_TEXT_MAX)
    reason_code = matching(r"^[a-z_]{1,32}$")
    agency = integer()
    copies = several(integer(), COPIES_MAX)
    category = integer()
    classification = chosen(Classification)
    area = matching(AREA)
    secret = tick()
    files = several(matching(FILE), FILES_MAX)


MoveBody = PlainMoveBody.from_dict(
    {field.name: request_field(field) for field in REQUEST_FIELDS}, name="MoveBody"
)


def wanted_by(body: dict[str, Any]) -> Wanted:
    """What was said about the move itself."""
    said = {name: value for name, value in body.items() if name not in ("action", "mode", "version")}
    for name in ("copies", "files"):
        if name in said:
            said[name] = tuple(said[name])
    if "classification" in said:
        said["classification"] = Classification(said["classification"])
    values = {field.carry: said.pop(field.name) for field in REQUEST_FIELDS if field.name in said}
    return Wanted(**said, values=values)


class Moved(Shown):
    """`version` and `state` after the move. The mover may see the report no more: then they are the last."""

    number = fields.Integer(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    holder = fields.Integer(required=True)


class DecisionBody(Body):
    decision = chosen(("accept", "reject", "withdraw"), required=True)
    answer = string(REPORT_TEXT_MAX, load_default="")
    agency = integer(metadata={"description": "Tujuan laporan bila bukan wewenang; kosong: saran peminta"})


class Decided(Shown):
    number = fields.Integer(required=True)
    request = fields.Integer(required=True)
    status = fields.String(required=True)


@operation(
    "POST",
    "/reports/<number:number>/moves",
    scopes=(Scope.DESK_ACT,),
    body=MoveBody,
    returns=Moved,
    keyed=True,
)
def move_report(number: int, body: dict[str, Any]) -> dict[str, Any]:
    """Melakukan satu tindakan, atau mengajukan permintaan untuk itu (`mode`: ask)."""
    action, wanted = Action(body["action"]), wanted_by(body)
    actor, now = context.actor(), context.now()

    def do(session: Session) -> dict[str, Any]:
        report = get_report(session, actor, number, lock=True)
        form = Form(number, body["version"])
        call = officer_actions.ask if body["mode"] == "ask" else officer_actions.make
        call(session, actor, form, action, wanted, now)
        return {
            "number": number,
            "version": report.version,
            "state": State(report.state).value,
            "holder": report.holder_id,
        }

    return answered(do)


@operation(
    "POST",
    "/reports/<number:number>/requests/<number:request_id>/decision",
    scopes=(Scope.DESK_ACT,),
    body=DecisionBody,
    returns=Decided,
    keyed=True,
)
def decide_request(number: int, request_id: int, body: dict[str, Any]) -> dict[str, Any]:
    """Menerima atau menolak permintaan, atau membatalkan permintaan sendiri."""
    actor, now, decision = context.actor(), context.now(), body["decision"]

    def do(session: Session) -> dict[str, Any]:
        request = get_request(session, actor, number, request_id)
        if decision == "accept":
            requests.accept(
                session, actor, request.id, now, agency_id=body.get("agency"), answer=body["answer"]
            )
        elif decision == "reject":
            requests.reject(session, actor, request.id, body["answer"], now)
        else:
            requests.withdraw(session, actor, request.id, now)
        return {"number": number, "request": request.id, "status": RequestStatus(request.status).value}

    return answered(do)
