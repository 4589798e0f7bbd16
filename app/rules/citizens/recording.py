"""What an officer may type in for a reporter: from which channels, and how long after it was received."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.rules.errors import Invalid
from app.rules.labels import N_, Filled
from app.rules.reports.codes import Channel

# Those that no machine brings in by itself.
RECORDABLE: tuple[Channel, ...] = (
    Channel.FACE_TO_FACE,
    Channel.LETTER,
    Channel.HOTLINE,
    Channel.CALL_CENTER,
    Channel.EMAIL,
    Channel.WHATSAPP,
    Channel.INSTAGRAM,
    Channel.FACEBOOK,
    Channel.X,
)

# A letter that lay about; what is older is better told in the text, with the reason.
STATED_DAYS_MAX = 90
# As a date field sends it, and as people write it where the browser has none: 2026-11-25, 25-11-2026.
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
WRITTEN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
NO_DATE = N_("Tulis tanggal yang lengkap, misalnya 25-11-2026.")
NOT_THEN = N_("Pilih tanggal dari %(days)s hari terakhir, paling lambat hari ini.")


def stated_date(value: str, field: str, today: date) -> date | None:
    """The day on which the reporter came to the agency, as typed; None for nothing.

    It is a fact about the report and starts no clock: those count from the receipt by LAPOR!. Raises
    Invalid at `field` for what is no date, lies ahead of `today` or more than STATED_DAYS_MAX days back.
    """
    typed = value.strip()
    if not typed:
        return None
    if match := ISO.fullmatch(typed):
        parts = match.groups()
    elif match := WRITTEN.fullmatch(typed):
        parts = match.groups()[::-1]
    else:
        raise Invalid({field: NO_DATE})
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        raise Invalid({field: NO_DATE}) from None
    if not today - timedelta(days=STATED_DAYS_MAX) <= day <= today:
        raise Invalid({field: Filled(NOT_THEN, days=STATED_DAYS_MAX)})
    return day
