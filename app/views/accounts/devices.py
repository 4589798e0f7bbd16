"""Devices that have signed in before: a signed cookie, good for one thing.

An account that somebody else's wrong passwords have locked still lets its owner try from here. The
cookie opens nothing, names nobody but the account's number, and dies with the account's password.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.models import Account

AGE = timedelta(days=180)
KEPT = 5  # accounts that share a device
NAME = "lapor_device"
Entry = tuple[int, str, str]  # account, random mark of the device, what ties both to the password


def known(account: Account | None) -> str:
    """The mark of this device, if the account has signed in from it since its last new password; else ""."""
    if account is None:
        return ""
    return next((device for key, device, tie in _entries() if _holds(account, key, device, tie)), "")


def remember(account: Account) -> None:
    """This request's answer makes the device one of the account's, or goes on to be so."""
    device = known(account) or secrets.token_hex(16)
    others = [entry for entry in _entries() if entry[0] != account.id]
    entries = [(account.id, device, _tie(account, device)), *others][:KEPT]

    @after_this_request
    def give(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(
            name(),
            _signer().dumps(entries),
            max_age=AGE,
            path="/",
            secure=secure,
            httponly=True,
            samesite="Lax",
        )
        return response


def name() -> str:
    """What the cookie is called; where cookies are secure, browsers take it from this host alone."""
    return str(current_app.config["LAPOR"].cookie_name(NAME))


def _entries() -> list[Entry]:
    try:
        kept = _signer().loads(request.cookies.get(name(), ""), max_age=int(AGE.total_seconds()))
    except BadData:
        return []
    return [(int(key), str(device), str(tie)) for key, device, tie in kept]


def _holds(account: Account, key: int, device: str, tie: str) -> bool:
    return key == account.id and hmac.compare_digest(tie, _tie(account, device))


def _tie(account: Account, device: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    what = f"device:{account.id}:{device}:{account.password}"
    return hmac.new(secret, what.encode(), hashlib.sha256).hexdigest()[:32]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="lapor-device")
