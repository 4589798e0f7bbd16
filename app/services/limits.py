"""The limits of public forms, so that nobody floods the desk or guesses without end.

Counted by services/tries.py: who tries is kept as a keyed hash, the table names nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.rules.errors import LaporError
from app.rules.labels import N_
from app.services import tries
from app.services.tries import Counted, Limit


class TooMany(LaporError):
    status = 429
    message = N_(
        "Terlalu banyak percobaan dari tempat ini. Tunggu beberapa saat, lalu coba lagi; tulisan Anda tidak hilang."
    )


# A place is an address of the network: a village may share one.
FILING_PLACE = Limit("filing_place", 120, timedelta(hours=1))
FILING_PERSON = Limit("filing_person", 60, timedelta(days=1))
ACTS_ON_REPORT = Limit("acts_on_report", 60, timedelta(hours=1))
CODE_PLACE = Limit("code_place", 40, timedelta(hours=1))
CODE_ADDRESS = Limit("code_address", 5, timedelta(hours=1))
CODE_TRIES_PLACE = Limit("code_tries_place", 60, timedelta(hours=1))
COMMENT_PERSON = Limit("comment_person", 10, timedelta(hours=1))

OPEN311_PLACE = Limit("open311_place", 300, timedelta(minutes=1))
FIGURES_PLACE = Limit("figures_place", 60, timedelta(minutes=1))
TOKENS_PLACE = Limit("tokens_place", 300, timedelta(minutes=5))


def counted(session: Session, limit: Limit, who: object, secret: str, now: datetime) -> Counted:
    """Count one try of `who`, and tell where that leaves them. `secret` keys the hash."""
    return tries.counted(session, limit, tries.masked(secret, str(who)), now)
