"""What somebody filed: by their account, or by the token of one report (Report-Token)."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields
from sqlalchemy.orm import Session

from app.access.attachments.files import get_file, name_of
from app.access.citizens.own_reports import (
    OwnFacts,
    asked_by_reporter,
    last_closing,
    own_report,
    own_reports,
    rating_of,
)
from app.access.reports.history import history
from app.access.standing import chains, situation, standing
from app.models import Report
from app.rules.channels.api import Scope
from app.rules.citizens.forms import STARS
from app.rules.reports.actions import OWN_ACTS
from app.rules.reports.workflow import Action, State, possible
from app.rules.text import REPORT_TEXT_MAX
from app.services.citizens import rating, reporter_actions
from app.services.reports.locked_report import Form
from app.services.system import limits
from app.services.system.limits import TooMany
from app.views.attachments.files import sent
from app.views.channels.api.fields import (
    KEY_MAX,
    Body,
    Shown,
    chosen,
    integer,
    matching,
    moment,
    several,
    string,
    tick,
)
from app.views.channels.api.filing import FILE, FILES_MAX
from app.views.channels.api.operation import answered, operation
from app.views.channels.api.paging import PageQuery, cursor, next_field, place
from app.views.reports.reporter_history import Told, to_reporter
from app.views.web import context
from app.views.web.language.i18n import word
from app.views.web.limiting import within_limit

OWN_ACTIONS = tuple(act.action.value for act in OWN_ACTS.values())


class FileShown(Shown):
    id = fields.Integer(required=True)
    name = fields.String(required=True)
    content_type = fields.String(required=True)
    size = fields.Integer(required=True)
    state = fields.String(
        required=True,
        metadata={"description": "ready; checking: sedang diperiksa; refused: ditolak, sudah dihapus"},
    )


class LineShown(Shown):
    kind = fields.String(required=True)
    what = fields.String(required=True)
    at = moment(required=True)
    who = fields.String(required=True)
    where = fields.String(required=True)
    text = fields.String(required=True)
    secret = fields.Boolean(required=True)
    detail = fields.String(required=True)
    notes = fields.List(fields.String(), required=True)
    files = fields.List(fields.Nested(FileShown), required=True)


class OwnBrief(Shown):
    number = fields.Integer(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True)
    state_words = fields.String(required=True)
    held = fields.Boolean(required=True)
    received_at = moment(required=True)
    holder = fields.String(required=True)
    is_anonymous = fields.Boolean(required=True)
    is_secret = fields.Boolean(required=True)


class OwnFull(OwnBrief):
    text = fields.String(required=True)
    category = fields.String(required=True)
    area = fields.String(required=True)
    location = fields.String(required=True)
    due_at = moment(required=True, allow_none=True)
    archive_reason = fields.String(required=True)
    actions = fields.List(
        fields.String(), required=True, metadata={"description": "Yang sekarang dapat dilakukan"}
    )
    asked = fields.List(fields.String(), required=True, metadata={"description": "Yang menunggu keputusan"})
    may_rate = fields.Boolean(required=True)
    history = fields.List(fields.Nested(LineShown), required=True)


class OwnPage(Shown):
    items = fields.List(fields.Nested(OwnBrief), required=True)
    next = next_field()


class ActBody(Body):
    action = chosen(OWN_ACTIONS, required=True)
    text = string(REPORT_TEXT_MAX, load_default="")
    files = several(matching(FILE), FILES_MAX, load_default=list)


class RateBody(Body):
    stars = integer(min(STARS), max(STARS), required=True)
    solved = tick(required=True)
    note = string(REPORT_TEXT_MAX, load_default="")


class Done(Shown):
    number = fields.Integer(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)


@operation("GET", "/own-reports", scopes=(Scope.OWN_READ,), query=PageQuery, returns=OwnPage)
def list_own_reports(query: dict[str, Any]) -> dict[str, Any]:
    """Laporan Anda, yang terbaru lebih dahulu."""
    after, limit = place(query.get("after"), 1), query["limit"]
    before = after[0] if after else None
    found = own_reports(context.reading(), context.actor(), before=before, limit=limit + 1)
    more = len(found) > limit
    shown = [_brief(facts) for facts in found[:limit]]
    return {"items": shown, "next": cursor(found[limit - 1].report.id) if more else None}


@operation("GET", "/own-reports/<number:number>", scopes=(Scope.OWN_READ,), link=True, returns=OwnFull)
def show_own_report(number: int) -> dict[str, Any]:
    """Satu laporan Anda dengan riwayatnya."""
    session, actor = context.reading(), context.actor()
    facts = own_report(session, actor, number)
    report = facts.report
    asked = asked_by_reporter(session, report.id)
    closing = last_closing(session, report.id) if report.state is State.CLOSED else None
    return {
        **_brief(facts),
        "text": report.text,
        "category": facts.category,
        "area": facts.area,
        "location": report.location,
        "due_at": report.clock_due_at,
        "archive_reason": facts.archive_reason,
        "actions": _actions(session, report, asked),
        "asked": [action.value for action in asked],
        "may_rate": closing is not None and rating_of(session, report.id, closing) is None,
        "history": [_line(line) for line in to_reporter(history(session, report.id))],
    }


@operation(
    "GET",
    "/own-reports/<number:number>/files/<number:file_id>",
    scopes=(Scope.OWN_READ,),
    link=True,
    returns=None,
    binary=True,
)
def read_own_file(number: int, file_id: int) -> Response:
    """Satu lampiran laporan Anda."""
    file = get_file(context.reading(), context.actor(), number, file_id)
    return sent(file, name_of(file, to_reporter=True))


@operation(
    "POST",
    "/own-reports/<number:number>/acts",
    scopes=(Scope.OWN_ACT,),
    link=True,
    body=ActBody,
    returns=Done,
    keyed=True,
)
def act_on_own_report(number: int, body: dict[str, Any]) -> dict[str, Any]:
    """Menanggapi, melengkapi, menutup, menarik, atau meminta laporan dibuka kembali."""
    action = Action(body["action"])
    _within(number)
    return _done(
        number,
        lambda session, form: reporter_actions.act(
            session, context.actor(), form, action, body["text"], context.now(), files=body["files"]
        ),
    )


@operation(
    "POST",
    "/own-reports/<number:number>/rating",
    scopes=(Scope.OWN_ACT,),
    link=True,
    body=RateBody,
    returns=Done,
    keyed=True,
)
def rate_own_report(number: int, body: dict[str, Any]) -> dict[str, Any]:
    """Menilai penanganan laporan yang ditutup."""
    _within(number)
    return _done(
        number,
        lambda session, form: rating.rate(
            session, context.actor(), form, body["stars"], body["solved"], body["note"], context.now()
        ),
    )


def _within(number: int) -> None:
    own_report(context.reading(), context.actor(), number)
    if not within_limit(limits.ACTS_ON_REPORT, number):
        raise TooMany


def _done(number: int, do: Any) -> dict[str, Any]:
    """Call the service in a transaction, and tell what the report is then."""

    def make(session: Session) -> dict[str, Any]:
        # What a reporter does holds whatever happened meanwhile: no version is asked.
        do(session, Form(number, KEY_MAX))
        report = own_report(session, context.actor(), number).report
        return {"number": number, "version": report.version, "state": State(report.state).value}

    return answered(make)


def _brief(facts: OwnFacts) -> dict[str, Any]:
    report = facts.report
    return {
        "number": report.id,
        "version": report.version,
        "title": report.title,
        "state": State(report.state).value,
        "state_words": word(State(report.state)),
        "held": report.held,
        "received_at": report.received_at,
        "holder": facts.holder,
        "is_anonymous": report.is_anonymous,
        "is_secret": report.is_secret,
    }


def _actions(session: Session, report: Report, asked: list[Action]) -> list[str]:
    chain = chains(session, [report.id])[report.id]
    may = possible(situation(report, chain), standing(context.actor(), report, chain).whos)
    return [
        act.action.value
        for act in OWN_ACTS.values()
        if may.get(act.action) is act.verdict and not (act.once and act.action in asked)
    ]


def _line(line: Told) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "what": line.what,
        "at": line.at,
        "who": line.who,
        "where": line.where,
        "text": line.text,
        "secret": line.secret,
        "detail": line.detail,
        "notes": line.notes,
        "files": line.files,
    }
