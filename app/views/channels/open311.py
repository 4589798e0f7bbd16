"""Open311 GeoReport v2 under /open311/v2/: public reports for everybody, filing for partners (docs/open311.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Response, current_app, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _

from app.access.channels import open311 as asking
from app.access.citizens.public_reports import PublicFacts, public_report
from app.access.public_text import public_version
from app.extensions import csrf, transaction
from app.models import ApiClient
from app.rules.channels import open311 as rules
from app.rules.channels.api import Scope
from app.rules.channels.open311 import Faulty
from app.rules.errors import NotFound
from app.rules.text import key_of, storable
from app.services.channels import api_clients
from app.services.channels import open311 as filing
from app.services.system import attempt_counts, limits
from app.services.system.limits import TooMany
from app.views.channels.open311_answers import TYPES, answer, errors, suffix, written
from app.views.citizens.public_reports import public_state
from app.views.web import context
from app.views.web.caching import cacheable
from app.views.web.limiting import guessed_here, within_limit

SECONDS = 300
FORM_PARTS = 100
KEY_MAX = 128
BEARER = "bearer"
VALUES = (("ya", "Ya"), ("tidak", "Tidak"))
FORMS = "<any(xml,json):suffix>"
Found = Callable[..., Response]


def in_standard_form(view: Found) -> Found:
    """Count the place that asks, and answer what is wrong in the standard's form."""

    @wraps(view)
    def asked(self: Any, suffix: str, **named: Any) -> Response:
        del suffix  # read from the address where it is answered
        if not within_limit(limits.OPEN311_PLACE):
            raise TooMany
        try:
            return view(self, **named)
        except Faulty as faulty:
            return errors(*faulty.faults)

    return asked


class Open311(BaseView):
    route_base = "/open311/v2"
    default_view = "services"

    @expose(f"/services.{FORMS}")
    @in_standard_form
    def services(self) -> Response:
        """Every category that is offered."""
        found = [_service(each) for each in asking.services(context.reading())]
        return _kept("services", found)

    @expose(f"/services/<code>.{FORMS}")
    @in_standard_form
    def definition(self, code: str) -> Response:
        """What may be said about a report of this service besides the text."""
        try:
            found = asking.service(context.reading(), key_of(code))
        except NotFound:
            raise Faulty((404, rules.NO_SERVICE, {})) from None
        return _kept("service_definition", {"service_code": str(found.code), "attributes": _attributes()})

    @expose(f"/requests.{FORMS}", methods=["GET"])
    @in_standard_form
    def requests(self) -> Response:
        """Public reports, a page of them, the newest first."""
        given = {name: storable(value) for name, value in request.args.items()}
        asked = rules.question(given, context.now())
        return _kept("service_requests", _requests(asking.requests(context.reading(), asked)))

    @expose(f"/requests/<number>.{FORMS}")
    @in_standard_form
    def request(self, number: str) -> Response:
        """One public report. What is not public is not there."""
        try:
            found = public_report(context.reading(), key_of(number))
        except NotFound:
            raise Faulty((404, rules.NO_REQUEST, {})) from None
        return _kept("service_requests", _requests([found]))

    @expose(f"/requests.{FORMS}", methods=["POST"])
    @csrf.exempt
    @in_standard_form
    def file(self) -> Response:
        """A partner files; the number is told at once, the report is public when it is verified."""
        request.max_form_parts = FORM_PARTS
        typed = {name: value for name, value in request.form.items()}
        client = _partner(_key(typed))
        given = rules.filing(typed)
        secret = current_app.config["LAPOR"].key()
        key, chosen = filing.key_of_filing(
            client, typed, request.headers.get("Idempotency-Key", "")[:KEY_MAX]
        )
        try:
            with transaction() as session:
                number = filing.file(session, client, given, key, secret, context.now(), chosen=chosen)
        except NotFound:
            raise Faulty((404, rules.NO_SERVICE, {})) from None
        said = {
            "service_request_id": str(number),
            "token": filing.token_of(number, secret),
            "service_notice": _("Laporan diperiksa dahulu oleh Admin Pusat, lalu diteruskan ke instansi."),
            "account_id": None,
        }
        return answer("service_requests", [said], 201)

    @expose(f"/tokens/<token>.{FORMS}")
    @in_standard_form
    def token(self, token: str) -> Response:
        """The number that a token stands for."""
        number = filing.report_of_token(token, current_app.config["LAPOR"].key())
        if number is None:
            raise Faulty((404, rules.NO_TOKEN, {}))
        return answer("service_requests", [{"service_request_id": str(number), "token": token}])


def _key(typed: Mapping[str, str]) -> str:
    """The partner's key: of a header, of the form, and of the address where the installation takes it there."""
    scheme, _blank, bearer = request.headers.get("Authorization", "").partition(" ")
    given = bearer.strip() if scheme.lower() == BEARER else request.headers.get("X-Api-Key", "").strip()
    given = given or typed.get("api_key", "")
    if not given and current_app.config["LAPOR"].open311_key_in_address:
        given = request.args.get("api_key", "")
    return given


def _partner(key: str) -> ApiClient:
    """The partner whose key this is, counted by its own limit. Raises Faulty (403), TooMany."""
    if guessed_here(attempt_counts.PROGRAM_KEY):
        raise TooMany
    client = api_clients.client_of_key(context.reading(), key) if key else None
    if client is None:
        within_limit(attempt_counts.PROGRAM_KEY)
        raise Faulty((403, rules.NO_KEY, {}))
    if Scope.PARTNER_VOUCH.value not in client.scopes:
        raise Faulty((403, rules.NO_RIGHT, {}))
    limit = attempt_counts.AttemptLimit("open311", client.per_minute, timedelta(minutes=1))
    if not within_limit(limit, f"client:{client.id}"):
        raise TooMany
    return client


def _kept(root: str, data: Any) -> Response:
    """An answer that is the same for everybody."""
    return cacheable(written(root, data), mimetype=TYPES[suffix()].partition(";")[0], seconds=SECONDS)


def _service(each: asking.Service) -> Mapping[str, Any]:
    return {
        "service_code": str(each.code),
        "service_name": each.name,
        "description": each.name if each.group == each.name else f"{each.group}: {each.name}",
        "metadata": True,
        "type": "realtime",
        "keywords": each.group,
        "group": each.group,
    }


def _attributes() -> list[Mapping[str, Any]]:
    return [
        {
            "variable": True,
            "code": each.code,
            "datatype": "singlevaluelist",
            "required": False,
            "datatype_description": "",
            "order": order,
            "description": _(each.words),
            "values": [{"key": key, "name": name} for key, name in VALUES],
        }
        for order, each in enumerate(rules.ATTRIBUTES, start=1)
    ]


def _requests(found: Sequence[PublicFacts]) -> list[Mapping[str, Any]]:
    updates = asking.updates(context.reading(), [facts.report.id for facts in found])
    return [_request(facts, updates[facts.report.id]) for facts in found]


def _request(facts: PublicFacts, updated: datetime) -> Mapping[str, Any]:
    """A report as everybody reads it: its texts masked, nobody named, no position."""
    report, shown = facts.report, public_version(facts.report)
    return {
        "service_request_id": str(report.id),
        "status": rules.STATUS_OF[report.state],
        "status_notes": public_state(report)[0],
        "service_name": facts.category or None,
        "service_code": str(report.category_id) if report.category_id else None,
        "description": "\n\n".join(part for part in (shown(report.title), shown(report.text)) if part),
        "agency_responsible": facts.holder,
        "service_notice": None,
        "requested_datetime": report.received_at.isoformat(timespec="seconds"),
        "updated_datetime": updated.isoformat(timespec="seconds"),
        "expected_datetime": None,
        "address": facts.area or None,
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }
