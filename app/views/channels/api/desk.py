"""The officer's worklists and reports, as the desk's pages show them."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from app.access.attachments.files import get_file, name_for
from app.access.public_text import read_by, reads_original
from app.access.reports.cards import report_facts
from app.access.reports.requests import requests_of
from app.access.scope import ScopePosition, worklist
from app.access.standing import chains
from app.rules.accounts.roles import Resource, Verb
from app.rules.channels.api import Scope
from app.rules.errors import NotFound
from app.rules.reports.actions import DEFINITIONS, REQUEST_FIELDS, DaysOfRequest, RequestField
from app.rules.reports.tabs import DEADLINE_TABS, ROOT_TABS, Basis, Order, Reach, Tab
from app.rules.reports.workflow import Verdict
from app.services.calendars import calendars_of
from app.services.reports import officer_actions
from app.views.attachments.files import sent
from app.views.channels.api.fields import Shown, chosen, moment
from app.views.channels.api.operation import operation
from app.views.channels.api.paging import PageQuery, cursor, next_field, place
from app.views.reports.cards import Card, card_from, cards
from app.views.reports.request_view import RequestView
from app.views.reports.timeline import TimelineEntry, timeline
from app.views.web import context
from app.views.web.language.i18n import word

REACHES = {"own": Reach.OWN, "below": Reach.BELOW}
TABS = "any(" + ",".join(tab.value for tab in Tab) + ")"


class MoveShown(Shown):
    action = fields.String(required=True)
    words = fields.String(required=True)
    mode = fields.String(required=True, metadata={"description": "make: lakukan; ask: ajukan permintaan"})
    takes = fields.List(fields.String(), required=True, metadata={"description": "Kolom yang diterima"})


def shown_field(field: RequestField) -> fields.Field[Any]:
    """What a request carries, as a call reads it: a name, "" where there is none, or a number."""
    if isinstance(field, DaysOfRequest):
        return fields.Integer(required=True, allow_none=True)
    return fields.String(required=True)


class PlainRequestShown(Shown):
    id = fields.Integer(required=True)
    action = fields.String(required=True)
    text = fields.String(required=True)
    status = fields.String(required=True)
    reason = fields.String(required=True)
    answer = fields.String(required=True)
    decides = fields.Boolean(required=True)
    withdraws = fields.Boolean(required=True)


RequestShown = PlainRequestShown.from_dict(
    {field.name: shown_field(field) for field in REQUEST_FIELDS}, name="RequestShown"
)


class CardShown(Shown):
    number = fields.Integer(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    state = fields.String(required=True)
    state_words = fields.List(fields.String(), required=True)
    held = fields.Boolean(required=True)
    source = fields.String(required=True)
    reporter = fields.String(required=True)
    holder = fields.String(required=True)
    category = fields.String(required=True)
    area = fields.String(required=True)
    received_at = moment(required=True)
    due_at = moment(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    is_anonymous = fields.Boolean(required=True)
    is_secret = fields.Boolean(required=True)
    moves = fields.List(fields.Nested(MoveShown), required=True)
    requests = fields.List(fields.Nested(RequestShown), required=True)


class DeskFile(Shown):
    id = fields.Integer(required=True)
    name = fields.String(required=True, metadata={"description": "Lampiran pelapor: nama netral"})
    state = fields.String(
        required=True,
        metadata={"description": "ready; checking: sedang diperiksa; refused: ditolak, sudah dihapus"},
    )


class EntryShown(Shown):
    seq = fields.Integer(required=True)
    kind = fields.String(required=True)
    what = fields.String(required=True)
    at = moment(required=True)
    who = fields.String(required=True)
    officer = fields.String(required=True)
    on_behalf_of = fields.String(required=True)
    text = fields.String(required=True)
    secret = fields.Boolean(required=True)
    detail = fields.String(required=True)
    copies = fields.List(fields.String(), required=True)
    notes = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    files = fields.List(fields.Nested(DeskFile), required=True)


class DeskReport(CardShown):
    full = fields.Boolean(required=True, metadata={"description": "false: salinan, tanpa identitas pelapor"})
    whole = fields.Boolean(
        required=True,
        metadata={
            "description": "false: data pribadi dalam teks disamarkan; pemegang laporan membacanya utuh"
        },
    )
    location = fields.String(required=True)
    original_text = fields.String(
        required=True, metadata={"description": "Kosong bila tidak boleh dibaca, misalnya pada salinan"}
    )
    history = fields.List(fields.Nested(EntryShown), required=True)


class Worklist(Shown):
    items = fields.List(fields.Nested(CardShown), required=True)
    next = next_field()


class WorklistQuery(PageQuery):
    reach = chosen(tuple(REACHES), load_default="own")
    order = chosen(Order)


@operation(
    "GET", f"/worklists/<{TABS}:tab>", scopes=(Scope.DESK_READ,), query=WorklistQuery, returns=Worklist
)
def show_worklist(tab: str, query: dict[str, Any]) -> dict[str, Any]:
    """Laporan pada satu tab daftar kerja."""
    actor, session, wanted, limit = context.actor(), context.reading(), Tab(tab), query["limit"]
    if wanted in ROOT_TABS and not (actor.at_root and actor.may(Resource.VERIFICATION, Verb.READ)):
        raise NotFound
    # In the finished tabs the key itself runs from the newest.
    chosen_order = Order(query["order"]) if query.get("order") else Order.DEADLINE
    order = chosen_order if wanted in DEADLINE_TABS else Order.DEADLINE
    after = place(query.get("after"), 2)
    lines = worklist(
        session,
        actor,
        wanted,
        reach=REACHES[query["reach"]],
        order=order,
        after=ScopePosition(*after) if after else None,
        limit=limit + 1,
    )
    more, lines = len(lines) > limit, lines[:limit]
    end = lines[-1].position if more else None
    return {
        "items": [_card(card) for card in cards(session, actor, lines, context.now())],
        "next": cursor(end.sort_key, end.report_id) if end else None,
    }


@operation("GET", "/reports/<number:number>", scopes=(Scope.DESK_READ,), returns=DeskReport)
def show_report(number: int) -> dict[str, Any]:
    """Satu laporan dengan riwayatnya, tindakan yang mungkin, dan permintaannya."""
    session, actor = context.reading(), context.actor()
    facts = report_facts(session, actor, number)
    report, full = facts.report, facts.basis is Basis.FULL
    calendars_of(session, {report.holder_id})
    chain = chains(session, [report.id])[report.id]
    version = read_by(actor, report, chain, facts.basis)
    original = reads_original(version, report, facts.basis)
    asked = requests_of(session, [report.id])[report.id]
    return {
        **_card(card_from(session, actor, facts, chain, asked, version, context.now())),
        "full": full,
        "whole": version.whole,
        "location": version(report.location),
        # A copy shows the substance as the desk made it, not what the reporter wrote before that.
        "original_text": version(report.original_text) if original else "",
        "history": [_entry(each) for each in timeline(session, report, version, original=original)],
    }


@operation(
    "GET",
    "/reports/<number:number>/files/<number:file_id>",
    scopes=(Scope.DESK_READ,),
    returns=None,
    binary=True,
)
def read_file(number: int, file_id: int) -> Response:
    """Satu lampiran."""
    session, actor = context.reading(), context.actor()
    file = get_file(session, actor, number, file_id)
    return sent(file, name_for(session, actor, file))


def _card(card: Card) -> dict[str, Any]:
    return {
        "number": card.id,
        "version": card.version,
        "title": card.title,
        "text": card.text,
        "state": card.state.value,
        "state_words": [chip.text for chip in card.states],
        "held": card.held,
        "source": card.source,
        "reporter": card.reporter,
        "holder": card.holder,
        "category": card.category,
        "area": card.area,
        "received_at": card.received_at,
        "due_at": card.due_at,
        "late": card.late,
        "is_anonymous": card.is_anonymous,
        "is_secret": card.is_secret,
        "moves": _moves(card),
        "requests": [
            {
                "id": line.id,
                "action": line.action.value,
                "text": line.text,
                "status": line.status,
                "reason": line.reason,
                "answer": line.answer,
                **_carried(line),
                "decides": line.decides,
                "withdraws": line.withdraws,
            }
            for line in card.requests
        ],
    }


def _carried(line: RequestView) -> dict[str, Any]:
    nothing = {each.name: None if isinstance(each, DaysOfRequest) else "" for each in REQUEST_FIELDS}
    return {**nothing, **{name: each.value for name, each in line.carried.items()}}


def _moves(card: Card) -> list[dict[str, Any]]:
    """What this officer may do now, with the fields that each takes."""
    found = []
    for action, verdict in card.actions.items():
        if verdict is Verdict.ASK:
            takes = officer_actions.asks_with(action)
        elif action in officer_actions.MAKES and context.actor().may(*DEFINITIONS[action].needs):
            takes = officer_actions.MAKES[action].takes
        else:
            continue
        mode = "ask" if verdict is Verdict.ASK else "make"
        found.append({"action": action.value, "words": word(action), "mode": mode, "takes": sorted(takes)})
    return found


def _entry(entry: TimelineEntry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "kind": entry.kind.value,
        "what": entry.what,
        "at": entry.at,
        "who": entry.who,
        "officer": entry.officer,
        "on_behalf_of": entry.on_behalf_of,
        "text": entry.text,
        "secret": entry.secret,
        "detail": entry.detail,
        "copies": list(entry.copies),
        "notes": dict(entry.notes),
        "files": [{"id": file.id, "name": file.name, "state": file.state} for file in entry.files],
    }
