"""Open311 GeoReport v2 in our terms: statuses, times with a zone, the attributes of every service.

Source: the GeoReport v2 specification (wiki.open311.org/GeoReport_v2); choices of ours in docs/open311.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import nan

from app.rules import text
from app.rules.accounts import contact
from app.rules.errors import Invalid
from app.rules.labels import N_, Filled
from app.rules.reports.workflow import State
from app.rules.text import key_of

OPEN, CLOSED = "open", "closed"
STATUS_OF: Mapping[State, str] = {State.WAITING: OPEN, State.IN_PROGRESS: OPEN, State.CLOSED: CLOSED}
SPAN = timedelta(days=90)  # of one question; the specification's
PAGE_SIZE, PAGE_SIZE_MAX = 100, 500
IDS_MAX = 100  # numbers or codes in one question
URL_MAX = 2_000
YEARS = (1900, 2200)  # no report lies outside
LAT_MAX, LONG_MAX = 90, 180
NAME_MAX, PLACE_MAX = 100, 200
YES = frozenset({"ya", "yes", "true", "1"})
ATTRIBUTE = re.compile(r"attribute\[(\w{1,32})\]", re.ASCII)
# "+07:00" in an address is read as a blank and "07:00".
LOST_PLUS = re.compile(r" (\d\d:?\d\d)$")

NO_KEY = N_("api_key tidak diberikan atau tidak berlaku.")
NO_RIGHT = N_("Mitra ini tidak berizin mengirim laporan tanpa kode.")
NO_SERVICE = N_("service_code tidak ditemukan.")
NO_REQUEST = N_("service_request_id tidak ditemukan.")
NO_TOKEN = N_("token tidak ditemukan.")
MISSING = N_("%(name)s tidak diberikan.")
NOT_A_TIME = N_("%(name)s harus waktu dengan zona, misalnya 2026-01-31T08:00:00+07:00.")
TOO_LONG_SPAN = N_("start_date dan end_date paling jauh terpisah 90 hari, dan berurutan.")
NOT_A_STATUS = N_("status harus open atau closed.")
NOT_A_NUMBER = N_("%(name)s harus angka dari 1 sampai %(limit)s.")
TOO_MANY_CODES = N_("Paling banyak %(limit)s nilai dalam %(name)s.")
NO_PLACE = N_("Berikan address_string, atau lat dan long.")
NOT_A_PLACE = N_("lat dan long harus derajat: -90 sampai 90, dan -180 sampai 180.")
NOT_A_URL = N_("media_url harus alamat http atau https, paling panjang 2000 karakter.")


# A status, a marked message, and what fills it.
Wrong = tuple[int, str, Mapping[str, object]]


class Faulty(Exception):
    """A question or filing that cannot be answered: everything wrong with it, as (status, message, params)."""

    def __init__(self, *faults: Wrong) -> None:
        super().__init__(faults[0][1])
        self.faults = faults


@dataclass(frozen=True)
class Attribute:
    """What a client may add to a report of any service."""

    code: str
    words: str


ATTRIBUTES = (
    Attribute("anonim", N_("Anonim: identitas pelapor tidak ditampilkan kepada publik dan instansi.")),
    Attribute("rahasia", N_("Rahasia: laporan tidak ditampilkan kepada publik.")),
)


@dataclass(frozen=True)
class Question:
    """What reports are asked for; everything that is said must hold. None: not asked."""

    ids: tuple[int, ...] | None
    codes: tuple[int, ...] | None
    begins: datetime | None
    ends: datetime | None
    states: tuple[State, ...]
    updated_after: datetime | None
    updated_before: datetime | None
    page: int
    page_size: int


def question(given: Mapping[str, str], now: datetime) -> Question:
    """The question that arguments ask. Raises Faulty with all that is wrong."""
    faults: list[Wrong] = []
    times = {
        name: _time(given, name, faults)
        for name in ("start_date", "end_date", "updated_after", "updated_before")
    }
    ids, codes = _keys(given, "service_request_id", faults), _keys(given, "service_code", faults)
    begins, ends = times["start_date"], times["end_date"]
    if ids is None or begins or ends:
        # Numbers name reports of any age; without them a question looks at 90 days.
        begins, ends = _span(begins, ends, now)
        if not begins <= ends <= begins + SPAN:
            faults.append((400, TOO_LONG_SPAN, {}))
    asked = [word.strip().lower() for word in given.get("status", "").split(",") if word.strip()]
    if not set(asked) <= {OPEN, CLOSED}:
        faults.append((400, NOT_A_STATUS, {}))
    states = tuple(state for state, status in STATUS_OF.items() if not asked or status in asked)
    page = _number(given, "page", 1, 1_000_000, faults)
    size = _number(given, "page_size", PAGE_SIZE, PAGE_SIZE_MAX, faults)
    if faults:
        raise Faulty(*faults)
    return Question(
        ids, codes, begins, ends, states, times["updated_after"], times["updated_before"], page, size
    )


def _span(begins: datetime | None, ends: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    if begins is None:
        ends = ends or now
        return ends - min(SPAN, ends - datetime.min.replace(tzinfo=UTC)), ends
    return begins, ends or min(now, begins + SPAN) if begins <= now else begins


def _time(given: Mapping[str, str], name: str, faults: list[Wrong]) -> datetime | None:
    raw = given.get(name, "").strip()
    if not raw:
        return None
    try:
        at = datetime.fromisoformat(LOST_PLUS.sub(r"+\1", raw))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not YEARS[0] < at.year < YEARS[1]:
        faults.append((400, NOT_A_TIME, {"name": name}))
        return None
    return at.astimezone(UTC)


def _keys(given: Mapping[str, str], name: str, faults: list[Wrong]) -> tuple[int, ...] | None:
    """The keys in a list with commas; what is no key is none of ours, and finds nothing."""
    parts = [part.strip() for part in given.get(name, "").split(",") if part.strip()]
    if len(parts) > IDS_MAX:
        faults.append((400, TOO_MANY_CODES, {"name": name, "limit": IDS_MAX}))
    return tuple(key for part in parts if (key := key_of(part)) is not None) if parts else None


def _number(
    given: Mapping[str, str],
    name: str,
    default: int,
    most: int,
    faults: list[Wrong],
) -> int:
    raw = given.get(name, "").strip()
    number = key_of(raw) if raw else default
    if number is None or not 1 <= number <= most:
        faults.append((400, NOT_A_NUMBER, {"name": name, "limit": most}))
        return default
    return number


@dataclass(frozen=True)
class Given:
    """What a client files. place: the address in words, with the position where it was told."""

    service_code: int
    description: str
    place: str
    name: str
    email: str
    phone: str
    is_anonymous: bool
    is_secret: bool
    media_url: str


def filing(given: Mapping[str, str]) -> Given:
    """The filing that a form holds. Raises Faulty with all that is wrong; a service is not looked up here."""
    faults: list[Wrong] = [
        (400, MISSING, {"name": name})
        for name in ("service_code", "description")
        if not given.get(name, "").strip()
    ]
    place = _place(given, faults)
    words = {
        "description": _cleaned(given, "description", text.REPORT_TEXT_MAX, faults, lines=True),
        **{name: _cleaned(given, name, NAME_MAX, faults) for name in ("first_name", "last_name")},
    }
    email = _checked(given, "email", lambda raw: contact.email(raw, "email", required=False), faults)
    phone = _checked(given, "phone", lambda raw: contact.phone(raw, "phone"), faults)
    url = _cleaned(given, "media_url", URL_MAX, faults)
    if url and not contact.WEBSITE.fullmatch(url):
        faults.append((400, NOT_A_URL, {}))
    if faults:
        raise Faulty(*faults)
    flags = attributes(given)
    return Given(
        service_code=key_of(given["service_code"]) or 0,
        description=words["description"],
        place=place,
        name=f"{words['first_name']} {words['last_name']}".strip(),
        email=email,
        phone=phone,
        is_anonymous="anonim" in flags,
        is_secret="rahasia" in flags,
        media_url=url,
    )


def attributes(given: Mapping[str, str]) -> frozenset[str]:
    """The attributes that are said to hold: attribute[anonim]=ya."""
    found = ((ATTRIBUTE.fullmatch(name), value) for name, value in given.items())
    return frozenset(name[1].lower() for name, value in found if name and value.strip().lower() in YES)


def _place(given: Mapping[str, str], faults: list[Wrong]) -> str:
    words = _cleaned(given, "address_string", PLACE_MAX, faults)
    raw = [given.get(name, "").strip() for name in ("lat", "long")]
    if not any(raw):
        if not words:
            faults.append((400, NO_PLACE, {}))
        return words
    try:
        lat, long = (float(each) for each in raw)
    except ValueError:
        lat = long = nan
    if not (abs(lat) <= LAT_MAX and abs(long) <= LONG_MAX):
        faults.append((400, NOT_A_PLACE, {}))
        return words
    return f"{words} ({lat:.6f}, {long:.6f})".strip()


def _cleaned(
    given: Mapping[str, str],
    name: str,
    limit: int,
    faults: list[Wrong],
    *,
    lines: bool = False,
) -> str:
    return _checked(
        given,
        name,
        lambda raw: text.clean(raw, name, limit=limit, required=False, lines=lines),
        faults,
    )


def _checked(
    given: Mapping[str, str],
    name: str,
    check: Callable[[str], str],
    faults: list[Wrong],
) -> str:
    try:
        return check(given.get(name, ""))
    except Invalid as refused:
        for message in refused.errors.values():
            params = dict(message.params) if isinstance(message, Filled) else {}
            faults.append((400, str(message), params))
        return ""
