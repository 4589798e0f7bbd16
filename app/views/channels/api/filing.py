"""A report comes in: a citizen's by an app, or somebody's by a partner."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from flask import current_app, jsonify, make_response
from marshmallow import fields
from sqlalchemy.orm import Session

from app.extensions import transaction
from app.rules.channels.api import ClientKind, Scope
from app.rules.citizens.forms import CodePurpose
from app.rules.citizens.secret_links import TOKEN_MAX
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.text import REPORT_TEXT_MAX, REQUIRED, SHORT_MAX
from app.services.accounts.credentials import codes
from app.services.accounts.credentials.codes import Address
from app.services.citizens import registration
from app.services.citizens.registration import Complaint
from app.services.reports.officer_actions import NOT_TAKEN
from app.services.system import limits
from app.services.system.limits import TooMany
from app.views.channels.api.fields import Body, Shown, integer, matching, several, string, tick
from app.views.channels.api.guard import caller, idempotency_key
from app.views.channels.api.operation import answered, operation
from app.views.web import context
from app.views.web.context import sms_ready
from app.views.web.limiting import within_limit

FILES_MAX = 100
FILE = r"^[0-9a-f]{32}$"
AREA = r"^[0-9.]{1,32}$"


class PersonGiven(Body):
    """Whose report a partner brings."""

    name = string(SHORT_MAX, required=True)
    address = string(SHORT_MAX, required=True, metadata={"description": "Alamat email, atau nomor telepon"})
    notify = tick(load_default=True)
    confirmed = tick(
        load_default=False,
        metadata={
            "description": "Mitra memastikan alamatnya (partner:vouch); selain itu kode dikirim ke sana"
        },
    )


class ReportBody(Body):
    text = string(REPORT_TEXT_MAX, required=True)
    category = integer(allow_none=True)
    area = matching(AREA, allow_none=True)
    location = string(SHORT_MAX)
    is_anonymous = tick(load_default=False)
    is_secret = tick(load_default=False)
    files = several(matching(FILE), FILES_MAX, metadata={"description": "Dari POST /files"})
    person = fields.Nested(PersonGiven, metadata={"description": "Wajib untuk mitra, dan hanya untuk mitra"})


class Filed(Shown):
    number = fields.Integer(required=True)
    token = fields.String(
        metadata={
            "description": "Kunci laporan ini (Report-Token): hanya untuk mitra, hanya untuk pelapornya"
        }
    )


class Waiting(Shown):
    confirmation = fields.String(
        required=True, metadata={"description": "Untuk POST /confirmations, dengan kode dari pelapor"}
    )


class CodeBody(Body):
    confirmation = string(TOKEN_MAX, required=True)
    code = string(20, required=True)


FILING = (Scope.FILE, Scope.PARTNER_FILE, Scope.PARTNER_VOUCH)


@operation(
    "POST",
    "/reports",
    scopes=FILING,
    body=ReportBody,
    returns=Filed,
    status=201,
    also={202: Waiting},
    keyed=True,
)
def file_report(body: dict[str, Any]) -> Any:
    """Mengirim laporan. Laporan mitra menunggu kode dari pelapor (202), kecuali mitra memastikan alamatnya."""
    complaint = Complaint(
        text=body["text"],
        category_id=body.get("category"),
        area_code=body.get("area"),
        location=body.get("location", ""),
        is_anonymous=body["is_anonymous"],
        is_secret=body["is_secret"],
        source=caller().source,
        client_id=caller().client_id,
    )
    files, person = body.get("files", []), body.get("person")
    if caller().kind is not ClientKind.PARTNER:
        return _own(complaint, files, person)
    if person is None:
        raise Invalid({"person": REQUIRED})
    if person["confirmed"]:
        if Scope.PARTNER_VOUCH not in caller().scopes:
            raise Forbidden
        return _vouched(complaint, files, person)
    if Scope.PARTNER_FILE not in caller().scopes:
        raise Forbidden
    return _unconfirmed(complaint, files, person)


def _own(complaint: Complaint, files: list[str], person: object) -> Any:
    actor = context.actor()
    if person is not None:
        raise Invalid({"person": NOT_TAKEN})
    if not within_limit(limits.FILING_PERSON, actor.user_id):
        raise TooMany
    return answered(
        lambda session: {
            "number": registration.file_own(session, actor, "", complaint, context.now(), files=files)
        }
    )


def _address(person: dict[str, Any], errors: dict[str, str], *, sms: bool) -> Address | None:
    try:
        return codes.address_of(person["address"], "person.address", sms=sms)
    except Invalid as wrong:
        errors.update(wrong.errors)
        return None


def _vouched(complaint: Complaint, files: list[str], person: dict[str, Any]) -> Any:
    errors: dict[str, str] = {}
    address, secret = _address(person, errors, sms=True), current_app.config["LAPOR"].key()

    def do(session: Session) -> dict[str, Any]:
        report = registration.file_for(
            session,
            complaint,
            person["name"],
            address,
            secret,
            context.now(),
            notify=person["notify"],
            files=files,
            errors=errors,
        )
        return {"number": report.id}

    return _with_token(answered(do)["number"])


def _unconfirmed(complaint: Complaint, files: list[str], person: dict[str, Any]) -> Any:
    errors: dict[str, str] = {}
    address, key = _address(person, errors, sms=sms_ready()), idempotency_key()
    if address is not None and not within_limit(limits.CODE_ADDRESS, address):
        raise TooMany
    secret = current_app.config["LAPOR"].key()
    # The same key asks for the same page of the code, which stands nowhere.
    token = (
        hmac.new(secret.encode(), f"confirmation:{key}".encode(), hashlib.sha256).hexdigest()[:48]
        if key
        else ""
    )

    def do(session: Session) -> dict[str, Any]:
        made = registration.begin_filing(
            session,
            complaint,
            person["name"],
            address,
            context.now(),
            notify=person["notify"],
            files=files,
            errors=errors,
            token=token,
        )
        return {} if key else {"confirmation": made}

    waiting = {"confirmation": answered(do).get("confirmation", token)}
    return make_response(jsonify(Waiting().dump(waiting)), 202)


@operation(
    "POST",
    "/confirmations",
    scopes=(Scope.PARTNER_FILE,),
    body=CodeBody,
    returns=Filed,
    status=201,
)
def confirm_report(body: dict[str, Any]) -> Any:
    """Memasukkan kode yang diterima pelapor: laporannya terkirim. Kiriman ulang dijawab sama."""
    secret, now = current_app.config["LAPOR"].key(), context.now()
    refused: Invalid | None = None
    report_id = 0
    with transaction() as session:
        row = codes.find(session, body["confirmation"], now, lock=True)
        # A code of the site, for an account or a visitor's report, is none of a partner's.
        if row.purpose is not CodePurpose.FILING:
            raise NotFound
        if row.used_at is None and row.payload.get("client_id") != caller().client_id:
            raise NotFound
        if row.used_at is None:
            # A wrong code is counted although it is refused.
            refused = codes.refusal(row, body["code"], secret)
            if refused is None:
                registration.finish_filing(session, row, secret, now)
        if refused is None:
            report = registration.filed(session, row)
            if report.client_id != caller().client_id:
                raise NotFound
            report_id = report.id
    if refused is not None:
        raise refused
    return _with_token(report_id)


def _with_token(report_id: int) -> dict[str, Any]:
    """The number of a report and the token by which its reporter comes back to it."""
    token = registration.link_of(context.reading(), report_id, current_app.config["LAPOR"].key())
    return {"number": report_id, "token": token}
