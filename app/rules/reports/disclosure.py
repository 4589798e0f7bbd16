"""What of a report's history is told to whom: an allow-list of events, for the public and for the reporter.

An event that is in neither list is told to neither, whatever is added to the history later (case I3).
Nothing names an officer: an agency speaks, or the system (case F11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.rules.labels import N_
from app.rules.reports.codes import EventKind


@dataclass(frozen=True)
class Telling:
    """words: what is said. text: with what was written in it, and its files. notes: those of them that
    are told. where: with the agency that it went to. reason: with the words of an archive reason."""

    words: str
    text: bool = False
    notes: tuple[str, ...] = ()
    where: bool = False
    reason: bool = False


# How a report gets from agency to agency. A hand-back is told as the way that it takes next, and the
# agency that gave it back is left out: people read "not ours" as a refusal by the government (case D9).
ON_ITS_WAY = N_("Diteruskan ke instansi")
DISPATCHES = (
    EventKind.VERIFIED,
    EventKind.FORWARDED,
    EventKind.REDIRECTED,
    EventKind.HANDED_BACK,
    EventKind.REORGANISED,
)

TO_PUBLIC: Mapping[EventKind, Telling] = {
    EventKind.RECEIVED: Telling(N_("Laporan diterima")),
    EventKind.VERIFIED: Telling(N_("Laporan diverifikasi dan diteruskan ke instansi"), where=True),
    EventKind.FORWARDED: Telling(ON_ITS_WAY, where=True),
    EventKind.REDIRECTED: Telling(ON_ITS_WAY, where=True),
    EventKind.HANDED_BACK: Telling(ON_ITS_WAY, where=True),
    EventKind.REORGANISED: Telling(N_("Instansi yang menangani laporan ini digabung ke"), where=True),
    EventKind.FOLLOWED_UP: Telling(N_("Tindak lanjut instansi"), text=True),
    EventKind.CLOSED: Telling(N_("Laporan ditutup")),
    EventKind.AUTO_CLOSED: Telling(N_("Laporan ditutup oleh sistem karena tidak ada tanggapan pelapor")),
    EventKind.REOPENED: Telling(N_("Laporan dibuka kembali")),
}

TO_REPORTER: Mapping[EventKind, Telling] = {
    **TO_PUBLIC,
    EventKind.RECEIVED: Telling(N_("Laporan diterima"), text=True),
    EventKind.DETAILS_ASKED: Telling(N_("Anda diminta melengkapi laporan"), notes=("note",)),
    EventKind.COMPLETED: Telling(N_("Anda melengkapi laporan"), text=True),
    EventKind.REPLIED: Telling(N_("Tanggapan Anda"), text=True),
    EventKind.ARCHIVED: Telling(N_("Laporan diarsipkan"), notes=("note",), reason=True),
    EventKind.RESTORED: Telling(N_("Arsip dibuka, laporan diperiksa lagi"), notes=("reason", "answer")),
    EventKind.HELD: Telling(N_("Penutupan otomatis dihentikan: laporan ditahan"), notes=("reason",)),
    EventKind.RELEASED: Telling(N_("Penahanan laporan dilepas"), notes=("reason",)),
    EventKind.EXTENDED: Telling(N_("Waktu tindak lanjut instansi diperpanjang"), notes=("reason",)),
    EventKind.CLOSED: Telling(N_("Laporan ditutup"), notes=("reason", "answer")),
    EventKind.REOPENED: Telling(N_("Laporan dibuka kembali"), notes=("answer",)),
    EventKind.REQUESTED: Telling(N_("Anda mengajukan permintaan"), notes=("reason",)),
    EventKind.REQUEST_ACCEPTED: Telling(N_("Permintaan Anda diterima")),
    EventKind.REQUEST_REJECTED: Telling(N_("Permintaan Anda ditolak"), notes=("answer",)),
}
