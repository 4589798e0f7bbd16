"""A call that is sent again with its key is answered as the first one was, and does nothing more.

Over services/idempotency.py: the key's row keeps what was called, with which content, and what came of it. It
stands in the transaction of the call itself: one that was refused left nothing, and may be sent again.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import IdempotencyKey
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.services import idempotency

OTHER_CONTENT = N_("Kunci ini sudah dipakai untuk kiriman dengan isi lain. Pakai kunci baru.")


def key_of_call(who: str, key: str) -> str:
    """The key that is kept for the `key` that `who` sent; nobody else's is ever the same."""
    return "api:" + hashlib.sha256(f"{who}\0{key}".encode(errors="replace")).hexdigest()[:32]


def before(session: Session, actor: Actor, key: str, call: str, now: datetime) -> str | None:
    """None for a call that is new under its key, which is taken now; else what came of it then.

    `call`: what is called, and a digest of its content. Raises Invalid when that is another one.
    """
    if idempotency.claim(session, actor, key, call, now):
        return None
    if session.get_one(IdempotencyKey, idempotency.own(actor, key)).purpose != call:
        raise Invalid({"Idempotency-Key": OTHER_CONTENT})
    return idempotency.result(session, actor, key)
