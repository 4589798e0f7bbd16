"""Where programs exchange what they have for tokens, and give tokens back. Answers as RFC 6749 and 7009 say."""

from __future__ import annotations

from collections.abc import Callable

from authlib.oauth2 import OAuth2Error
from flask import Response, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose

from app.extensions import csrf, transaction
from app.services.system import attempt_counts, limits
from app.views.channels.oauth.server import server
from app.views.web.limiting import guessed_here, within_limit

VALUE_MAX = 2_000  # characters of one value
PRINTABLE = frozenset(chr(code) for code in range(0x20, 0x7F))
# Codes and tokens of apps are counted by TOKENS_PLACE alone: a network of telephones shares an address.
WRONG = "invalid_client"
SAID = PRINTABLE - {'"', "\\"}  # what an answer may repeat (RFC 6749, 4.1.2.1)


def readable() -> bool:
    """Whether what was sent is what OAuth knows: printable ASCII of some length, and a name with a secret."""
    if "Authorization" in request.headers and request.authorization is None:
        return False
    return all(
        len(value) <= VALUE_MAX and (PRINTABLE if name == "state" else SAID).issuperset(value)
        for name, value in request.values.items(multi=True)
    )


class TokenDesk(BaseView):
    route_base = "/oauth"
    default_view = "token"

    @expose("/token", methods=["POST"])
    @csrf.exempt
    def token(self) -> ResponseReturnValue:
        return _answered(server.create_token_response)

    @expose("/revoke", methods=["POST"])
    @csrf.exempt
    def revoke(self) -> ResponseReturnValue:
        return _answered(lambda: server.create_endpoint_response("revocation"))


def _answered(answer: Callable[[], Response]) -> Response:
    if guessed_here(attempt_counts.PROGRAM_KEY) or not within_limit(limits.TOKENS_PLACE):
        response = make_response(jsonify(error="slow_down"), 429)
    elif not readable():
        response = make_response(jsonify(error="invalid_request"), 400)
    else:
        with transaction() as session:
            g.token_session = session
            try:
                response = answer()
            except OAuth2Error as error:  # said before any grant was asked: no TLS, for one
                response = server.handle_error_response(request, error)
            g.token_session = None
    if (response.get_json(silent=True) or {}).get("error") == WRONG:
        within_limit(attempt_counts.PROGRAM_KEY)
    response.headers["Cache-Control"] = "no-store"
    return response
