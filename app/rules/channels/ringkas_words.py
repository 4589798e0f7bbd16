"""The words of Laporan Ringkas, and what they mean here: statuses, types, sources; and where an import stands.

A status that does not say who ended a report is none of these: closed by the timer must never pass for solved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.rules.reports.codes import Channel, Classification, EndedBy
from app.rules.reports.workflow import State

EMPTY_WORDS = frozenset({"", "-", "–"})  # how the export writes "nothing"


class SheetState(StrEnum):
    """Where an import stands."""

    CHECKING = "checking"
    READY = "ready"  # checked whole; waits for a person's word
    IMPORTING = "importing"
    DONE = "done"
    REFUSED = "refused"  # the file cannot be read as a Laporan Ringkas
    CANCELLED = "cancelled"


class RowOutcome(StrEnum):
    WAITING = "waiting"
    IMPORTED = "imported"
    KNOWN = "known"  # it was there already
    REFUSED = "refused"


class NameKind(StrEnum):
    AGENCY = "agency"
    CATEGORY = "category"
    AREA = "area"


@dataclass(frozen=True)
class Ending:
    """What a status of the export means. unanswered: the reporter wrote last. blocked: "Konten Terblokir"."""

    state: State
    by: EndedBy | None = None
    unanswered: bool = False
    blocked: bool = False


_ENDED = {
    f"{verb} oleh {who}": Ending(state, by)
    for verb, state in (("ditutup", State.CLOSED), ("diarsipkan", State.ARCHIVED))
    for who, by in (("sistem", EndedBy.SYSTEM), ("admin", EndedBy.ADMIN), ("pelapor", EndedBy.REPORTER))
}
STATUSES: Mapping[str, Ending] = {
    **_ENDED,
    "konten terblokir": Ending(State.ARCHIVED, EndedBy.ADMIN, blocked=True),
    **dict.fromkeys(("belum terverifikasi", "belum diverifikasi"), Ending(State.UNVERIFIED)),
    **dict.fromkeys(
        ("menunggu kelengkapan informasi", "menunggu kelengkapan", "tertunda", "ditunda"),
        Ending(State.INCOMPLETE),
    ),
    **dict.fromkeys(("terverifikasi", "terdisposisi", "belum ditindaklanjuti"), Ending(State.WAITING)),
    **dict.fromkeys(
        (
            "proses", "diproses", "sedang diproses", "diproses oleh instansi", "ditindaklanjuti",
            "ditindaklanjuti oleh instansi", "ditindaklanjuti oleh admin",
        ),
        Ending(State.IN_PROGRESS),
    ),
    "ditanggapi oleh pelapor": Ending(State.IN_PROGRESS, unanswered=True),
}  # fmt: skip
TYPES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*EMPTY_WORDS, "normal", "publik", "biasa"), frozenset()),
    "anonim": frozenset({"anonim"}),
    "rahasia": frozenset({"rahasia"}),
}
SOURCES: Mapping[str, Channel] = {
    **{
        word.casefold(): code
        for code, word in ((each, each.label) for each in Channel)
        if code is not Channel.IMPORT
    },
    "twitter": Channel.X,
    "twitter/x": Channel.X,
    "web": Channel.WEBSITE,
    "email": Channel.EMAIL,
    "hotline": Channel.HOTLINE,
    "surat": Channel.LETTER,
    "subsite": Channel.SUBSITE,
    "sub-site": Channel.SUBSITE,
    "sms 1708": Channel.SMS,
}
CLASSES: Mapping[str, Classification] = {
    word.casefold(): code for code, word in ((each, each.label) for each in Classification)
}
VERIFIED = frozenset({State.WAITING, State.IN_PROGRESS})
_WRITTEN: Mapping[State, str] = {
    State.UNVERIFIED: "Belum Terverifikasi",
    State.INCOMPLETE: "Menunggu Kelengkapan Informasi",
    State.WAITING: "Belum Ditindaklanjuti",
    State.IN_PROGRESS: "Sedang Diproses",
    State.CLOSED: "Ditutup",
    State.ARCHIVED: "Diarsipkan",
}


def written_status(ending: Ending) -> str:
    """The status as an export writes it; reading it again gives the same Ending."""
    if ending.blocked:
        return "Konten Terblokir"
    if ending.by is not None:
        return f"{_WRITTEN[ending.state]} {ending.by.label}"
    return "Ditanggapi oleh Pelapor" if ending.unanswered else _WRITTEN[ending.state]


def written_type(*, is_anonymous: bool, is_secret: bool) -> str:
    """ "Anonim", "Rahasia", "Anonim|Rahasia", or nothing."""
    return "|".join(word for word, so in (("Anonim", is_anonymous), ("Rahasia", is_secret)) if so)
