"""Where an SMS gateway brings what came in: signed, JSON, answered at once; the answer to the person goes
out through the outbox."""

from __future__ import annotations

import json
from typing import Any

from flask import abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose

from app.extensions import csrf, transaction
from app.rules.channels.signing import SIGNATURE_HEADER, TIME_HEADER, signed
from app.rules.errors import Invalid
from app.services.channels.sms import Incoming, receive
from app.views.web import context

BODY_MAX = 20_000  # bytes: thirty text messages in one


class SmsGateway(BaseView):
    route_base = "/sms"
    default_view = "take"

    @expose("/masuk", methods=["POST"])
    @csrf.exempt
    def take(self) -> ResponseReturnValue:
        """{"id", "from", "text"}: 200 for taken, also when it was taken before; 401 for an unsigned one.

        404 where no secret is set: an installation without SMS has no such address.
        """
        secret = current_app.config["LAPOR"].sms_secret
        if not secret:
            abort(404)
        if (request.content_length or 0) > BODY_MAX:
            abort(413)
        body, headers = request.get_data(), request.headers
        given = (headers.get(TIME_HEADER, ""), headers.get(SIGNATURE_HEADER, ""))
        if not signed(secret, body, *given, context.now().timestamp()):
            abort(401)
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            message = None
        parts: list[Any] = (
            [message.get(name) for name in ("id", "from", "text")] if isinstance(message, dict) else []
        )
        if not parts or not all(isinstance(part, str) for part in parts):
            return jsonify(error="id, from and text must be strings"), 400
        try:
            with transaction() as session:
                answer = receive(session, Incoming(*parts), context.now())
        except Invalid as refused:
            return jsonify(error=dict(refused.errors)), 400
        return jsonify(taken=True, answer=answer.value)
