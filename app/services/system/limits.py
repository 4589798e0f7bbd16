"""The limits of public forms, so that nobody floods the desk or guesses without end.

Counted by services/system/attempt_counts.py: who tries is kept as a keyed hash, the table names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.rules.errors import Invalid, LaporError
from app.rules.labels import N_
from app.services.system import attempt_counts
from app.services.system.attempt_counts import AttemptLimit, Counted


class TooMany(LaporError):
    status = 429
    message = N_(
        "Terlalu banyak percobaan dari tempat ini. Tunggu beberapa saat, lalu coba lagi; tulisan Anda tidak hilang."
    )


# A place is an address of the network: a village may share one.
FILING_PLACE = AttemptLimit("filing_place", 120, timedelta(hours=1))
FILING_PERSON = AttemptLimit("filing_person", 60, timedelta(days=1))
ACTS_ON_REPORT = AttemptLimit("acts_on_report", 60, timedelta(hours=1))
CODE_PLACE = AttemptLimit("code_place", 40, timedelta(hours=1))
CODE_ADDRESS = AttemptLimit("code_address", 5, timedelta(hours=1))
CODE_TRIES_PLACE = AttemptLimit("code_tries_place", 60, timedelta(hours=1))
COMMENT_PERSON = AttemptLimit("comment_person", 10, timedelta(hours=1))

# What is uploaded, in kilobytes: by the hour and by the day. A place may be a village hall on a busy day; a
# partner brings the files of many people from one address.
MEGABYTE = 1024  # kilobytes
UPLOADS_PLACE = (
    AttemptLimit("uploads_place_hour", 512 * MEGABYTE, timedelta(hours=1)),
    AttemptLimit("uploads_place_day", 2048 * MEGABYTE, timedelta(days=1)),
)
UPLOADS_PERSON = (
    AttemptLimit("uploads_person_hour", 256 * MEGABYTE, timedelta(hours=1)),
    AttemptLimit("uploads_person_day", 1024 * MEGABYTE, timedelta(days=1)),
)
UPLOADS_PARTNER = (
    AttemptLimit("uploads_partner_hour", 4096 * MEGABYTE, timedelta(hours=1)),
    AttemptLimit("uploads_partner_day", 20_480 * MEGABYTE, timedelta(days=1)),
)
TOO_MUCH = N_(
    "Batas lampiran dari akun atau tempat ini tercapai. Kirim tanpa lampiran, atau coba lagi setelah satu jam, paling lambat besok."
)

OPEN311_PLACE = AttemptLimit("open311_place", 300, timedelta(minutes=1))
FIGURES_PLACE = AttemptLimit("figures_place", 60, timedelta(minutes=1))
TOKENS_PLACE = AttemptLimit("tokens_place", 300, timedelta(minutes=5))


def counted(session: Session, limit: AttemptLimit, who: object, secret: str, now: datetime) -> Counted:
    """Count one try of `who`, and tell where that leaves them. `secret` keys the hash."""
    return attempt_counts.counted(session, limit, attempt_counts.masked(secret, str(who)), now)


def take_uploads(
    session: Session,
    quota: Sequence[AttemptLimit],
    who: object,
    sizes: Iterable[int],
    secret: str,
    now: datetime,
) -> None:
    """Count files of these sizes (bytes) that `who` brings. Raises Invalid at "files" for more than they may;
    then the caller's transaction counts nothing of it."""
    kilobytes = sum(-(-size // 1024) for size in sizes)
    hidden = attempt_counts.masked(secret, str(who))
    if not all(attempt_counts.take(session, limit, hidden, kilobytes, now) for limit in quota):
        raise Invalid({"files": TOO_MUCH})
