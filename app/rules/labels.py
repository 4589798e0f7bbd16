"""The words for every code: one table, in the manual's Indonesian.

Codes are stable English text in the database; people read these words. N_ marks them for the
catalogue, so that English stands in translations/en and a test finds a missing one. Views translate
with `_(label(code))`; nothing else gives a code its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.rules.reports import workflow as w


def N_(message: str) -> str:
    """Mark `message` for translation; it is translated where it is shown."""
    return message


class Filled(str):
    """A marked message with the numbers that its translation is to be filled with."""

    params: Mapping[str, object]

    def __new__(cls, message: str, **params: object) -> Filled:
        made = super().__new__(cls, message)
        made.params = params
        return made


class Source(StrEnum):
    """The channel by which a report came in."""

    WEBSITE = "website"
    ANDROID = "android"
    IOS = "ios"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    X = "x"
    HOTLINE = "hotline"
    CALL_CENTER = "call_center"
    EMAIL = "email"
    FACE_TO_FACE = "face_to_face"
    LETTER = "letter"
    SUBSITE = "subsite"
    PARTNER = "partner"
    IMPORT = "import"


class Classification(StrEnum):
    SUPERVISED = "supervised"
    UNSUPERVISED = "unsupervised"
    INFORMATION = "information"
    ASPIRATION = "aspiration"


class EndedBy(StrEnum):
    """Who closed or archived a report: closed by the timer must never pass for solved."""

    SYSTEM = "system"
    ADMIN = "admin"
    REPORTER = "reporter"


class RequestStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class ClockOutcome(StrEnum):
    MET = "met"
    EXPIRED = "expired"  # it ran out, and the system made its move
    STOPPED = "stopped"  # the report went on in another way before it ran out
    PASSED_ON = "passed_on"  # it runs on with the next holder


class Upkeep(StrEnum):
    """What takes a report from an agency without being a move of the table."""

    DEACTIVATED = "deactivated"
    MOVED = "moved"  # it is no longer above the holder, and the report has ended
    MERGED = "merged"
    DISSOLVED = "dissolved"


class EventKind(StrEnum):
    """One for each thing that is written into a report's history."""

    RECEIVED = "received"
    VERIFIED = "verified"
    DETAILS_ASKED = "details_asked"
    COMPLETED = "completed"
    ARCHIVED = "archived"
    RESTORED = "restored"
    CORRECTED = "corrected"
    FORWARDED = "forwarded"
    REDIRECTED = "redirected"
    FOLLOWED_UP = "followed_up"
    REPLIED = "replied"
    HANDED_BACK = "handed_back"
    HELD = "held"
    RELEASED = "released"
    CLOSED = "closed"
    AUTO_CLOSED = "auto_closed"
    REOPENED = "reopened"
    COMMENTED = "commented"
    REQUESTED = "requested"
    REQUEST_ACCEPTED = "request_accepted"
    REQUEST_REJECTED = "request_rejected"
    REQUEST_WITHDRAWN = "request_withdrawn"
    REQUEST_VOIDED = "request_voided"
    REORGANISED = "reorganised"


class Visibility(StrEnum):
    """Who reads an event: everybody, the reporter and officers, officers alone."""

    PUBLIC = "public"
    REPORTER = "reporter"
    OFFICERS = "officers"


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"


class Zone(StrEnum):
    """Indonesia's three zones, by the name in the zone database."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"


EVENT_OF: Mapping[w.Action, EventKind] = {
    w.Action.VERIFY: EventKind.VERIFIED,
    w.Action.ASK_DETAILS: EventKind.DETAILS_ASKED,
    w.Action.COMPLETE: EventKind.COMPLETED,
    w.Action.ARCHIVE: EventKind.ARCHIVED,
    w.Action.RESTORE: EventKind.RESTORED,
    w.Action.CORRECT: EventKind.CORRECTED,
    w.Action.FORWARD: EventKind.FORWARDED,
    w.Action.REDIRECT: EventKind.REDIRECTED,
    w.Action.FOLLOW_UP: EventKind.FOLLOWED_UP,
    w.Action.REPLY: EventKind.REPLIED,
    w.Action.HAND_BACK: EventKind.HANDED_BACK,
    w.Action.HOLD: EventKind.HELD,
    w.Action.RELEASE: EventKind.RELEASED,
    w.Action.CLOSE: EventKind.CLOSED,
    w.Action.AUTO_CLOSE: EventKind.AUTO_CLOSED,
    w.Action.REOPEN: EventKind.REOPENED,
    w.Action.COMMENT: EventKind.COMMENTED,
}

# By the kind of code first: codes of two kinds may be the same text ("closed" is a state and an event).
LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    w.State: {
        w.State.UNVERIFIED: N_("Belum Terverifikasi"),
        w.State.INCOMPLETE: N_("Menunggu Kelengkapan"),
        w.State.WAITING: N_("Terverifikasi"),
        w.State.IN_PROGRESS: N_("Ditindaklanjuti oleh Instansi"),
        w.State.CLOSED: N_("Ditutup"),
        w.State.ARCHIVED: N_("Diarsipkan"),
    },
    w.Action: {
        w.Action.VERIFY: N_("Verifikasi & Disposisi"),
        w.Action.ASK_DETAILS: N_("Tunda"),
        w.Action.COMPLETE: N_("Lengkapi"),
        w.Action.ARCHIVE: N_("Arsipkan"),
        w.Action.RESTORE: N_("Buka Arsip"),
        w.Action.CORRECT: N_("Koreksi"),
        w.Action.FORWARD: N_("Teruskan"),
        w.Action.REDIRECT: N_("Ubah Disposisi"),
        w.Action.FOLLOW_UP: N_("Tindak Lanjut"),
        w.Action.REPLY: N_("Tanggapan Pelapor"),
        w.Action.HAND_BACK: N_("Bukan Wewenang"),
        w.Action.HOLD: N_("Tahan Laporan"),
        w.Action.RELEASE: N_("Lepas Tahan Laporan"),
        w.Action.CLOSE: N_("Tutup Laporan"),
        w.Action.AUTO_CLOSE: N_("Tutup otomatis"),
        w.Action.REOPEN: N_("Buka Laporan"),
        w.Action.COMMENT: N_("Komentar"),
    },
    w.Who: {
        w.Who.ROOT: N_("Admin Pusat"),
        w.Who.HOLDER: N_("Instansi pemegang laporan"),
        w.Who.DELEGATOR: N_("Instansi pendelegasi"),
        w.Who.CHAIN: N_("Instansi di atas pemegang dalam rantai disposisi"),
        w.Who.REPORTER: N_("Pelapor"),
        w.Who.RECORDER: N_("Instansi yang mencatat laporan"),
        w.Who.READER: N_("Siapa pun yang dapat membaca laporan"),
        w.Who.SYSTEM: N_("Sistem"),
    },
    w.WhileHeld: {
        w.WhileHeld.NEVER: N_("tidak"),
        w.WhileHeld.KEEPS: N_("ya, tetap ditahan"),
        w.WhileHeld.ENDS: N_("ya, penahanan berakhir"),
        w.WhileHeld.ONLY: N_("hanya bila ditahan"),
    },
    w.Chain: {
        w.Chain.KEEPS: N_("tetap"),
        w.Chain.PUSHES: N_("ke unit di bawah pemegang"),
        w.Chain.CUTS: N_("kembali ke pengubah, lalu ke instansi pilihannya"),
        w.Chain.POPS: N_("kembali ke pendelegasi, lalu ke instansi pilihannya"),
    },
    w.Clock: {
        w.Clock.VERIFICATION: N_("Verifikasi"),
        w.Clock.DETAILS: N_("Kelengkapan dari pelapor"),
        w.Clock.FOLLOW_UP: N_("Tindak lanjut pertama"),
        w.Clock.AUTO_CLOSE: N_("Penutupan otomatis"),
        w.Clock.TARGET: N_("Target penyelesaian"),
    },
    w.DayKind: {
        w.DayKind.WORKING: N_("hari kerja"),
        w.DayKind.CALENDAR: N_("hari"),
    },
    w.Keep: {
        w.Keep.RUNS_ON: N_("berjalan terus"),
        w.Keep.STANDS_STILL: N_("dihentikan sementara"),
        w.Keep.GOES_ON: N_("dilanjutkan"),
        w.Keep.STOPS: N_("tidak ada"),
    },
    w.When: {
        w.When.ALWAYS: N_("selalu"),
        w.When.FROM_WAITING: N_("belum ditindaklanjuti"),
        w.When.WHILE_HELD: N_("selama ditahan"),
        w.When.FOLLOW_UP_OWED: N_("tindak lanjut pertama masih ditunggu"),
        w.When.REPLY_UNANSWERED: N_("tanggapan pelapor belum dijawab"),
    },
    w.Carry: {
        w.Carry.TITLE: N_("judul"),
        w.Carry.AGENCY: N_("instansi"),
        w.Carry.CATEGORY: N_("kategori"),
        w.Carry.CLASSIFICATION: N_("klasifikasi"),
        w.Carry.TEXT: N_("teks"),
        w.Carry.TEXT_OR_FILE: N_("teks atau lampiran"),
        w.Carry.REASON: N_("alasan"),
        w.Carry.REASON_CODE: N_("kode alasan"),
        w.Carry.SUGGESTION: N_("saran instansi"),
        w.Carry.CHANGES: N_("perubahan"),
    },
    Source: {
        Source.WEBSITE: N_("Website"),
        Source.ANDROID: N_("Android"),
        Source.IOS: N_("iOS"),
        Source.SMS: N_("SMS"),
        Source.WHATSAPP: N_("Whatsapp"),
        Source.INSTAGRAM: N_("Instagram"),
        Source.FACEBOOK: N_("Facebook"),
        Source.X: N_("X"),
        Source.HOTLINE: N_("Hotline Service"),
        Source.CALL_CENTER: N_("Call Center"),
        Source.EMAIL: N_("Email Instansi"),
        Source.FACE_TO_FACE: N_("Tatap Muka"),
        Source.LETTER: N_("Pos Surat"),
        Source.SUBSITE: N_("Subsite Instansi"),
        Source.PARTNER: N_("Mitra"),
        Source.IMPORT: N_("Impor"),
    },
    Classification: {
        Classification.SUPERVISED: N_("Pengaduan Berkadar Pengawasan"),
        Classification.UNSUPERVISED: N_("Pengaduan Tidak Berkadar Pengawasan"),
        Classification.INFORMATION: N_("Permintaan Informasi"),
        Classification.ASPIRATION: N_("Aspirasi"),
    },
    EndedBy: {
        EndedBy.SYSTEM: N_("oleh Sistem"),
        EndedBy.ADMIN: N_("oleh Admin"),
        EndedBy.REPORTER: N_("oleh Pelapor"),
    },
    RequestStatus: {
        RequestStatus.OPEN: N_("BELUM DIPROSES"),
        RequestStatus.ACCEPTED: N_("DITERIMA"),
        RequestStatus.REJECTED: N_("DITOLAK"),
        RequestStatus.WITHDRAWN: N_("DIBATALKAN"),
        RequestStatus.VOID: N_("TIDAK BERLAKU"),
    },
    ClockOutcome: {
        ClockOutcome.MET: N_("terpenuhi"),
        ClockOutcome.EXPIRED: N_("habis waktunya"),
        ClockOutcome.STOPPED: N_("dihentikan"),
        ClockOutcome.PASSED_ON: N_("berlanjut di instansi berikutnya"),
    },
    Upkeep: {
        Upkeep.DEACTIVATED: N_("instansi dinonaktifkan"),
        Upkeep.MOVED: N_("instansi dipindahkan"),
        Upkeep.MERGED: N_("instansi digabungkan"),
        Upkeep.DISSOLVED: N_("instansi dibubarkan"),
    },
    EventKind: {
        EventKind.RECEIVED: N_("Laporan diterima"),
        EventKind.VERIFIED: N_("Diverifikasi dan didisposisikan"),
        EventKind.DETAILS_ASKED: N_("Ditunda menunggu kelengkapan"),
        EventKind.COMPLETED: N_("Dilengkapi oleh Pelapor"),
        EventKind.ARCHIVED: N_("Laporan diarsipkan"),
        EventKind.RESTORED: N_("Arsip dibuka kembali"),
        EventKind.CORRECTED: N_("Dikoreksi"),
        EventKind.FORWARDED: N_("Diteruskan"),
        EventKind.REDIRECTED: N_("Disposisi diubah"),
        EventKind.FOLLOWED_UP: N_("Ditindaklanjuti"),
        EventKind.REPLIED: N_("Ditanggapi oleh Pelapor"),
        EventKind.HANDED_BACK: N_("Dikembalikan karena bukan wewenang"),
        EventKind.HELD: N_("Laporan ditahan"),
        EventKind.RELEASED: N_("Penahanan dilepas"),
        EventKind.CLOSED: N_("Laporan ditutup"),
        EventKind.AUTO_CLOSED: N_("Ditutup otomatis"),
        EventKind.REOPENED: N_("Laporan dibuka kembali"),
        EventKind.COMMENTED: N_("Dikomentari"),
        EventKind.REQUESTED: N_("Permintaan diajukan"),
        EventKind.REQUEST_ACCEPTED: N_("Permintaan diterima"),
        EventKind.REQUEST_REJECTED: N_("Permintaan ditolak"),
        EventKind.REQUEST_WITHDRAWN: N_("Permintaan dibatalkan"),
        EventKind.REQUEST_VOIDED: N_("Permintaan tidak berlaku lagi"),
        EventKind.REORGANISED: N_("Instansi ditata ulang"),
    },
    Visibility: {
        Visibility.PUBLIC: N_("Publik"),
        Visibility.REPORTER: N_("Pelapor dan instansi"),
        Visibility.OFFICERS: N_("Hanya instansi"),
    },
    Gender: {
        Gender.MALE: N_("Laki-Laki"),
        Gender.FEMALE: N_("Perempuan"),
    },
    Zone: {
        Zone.WIB: N_("WIB"),
        Zone.WITA: N_("WITA"),
        Zone.WIT: N_("WIT"),
    },
}

# The states of a card that are more than a state and less than a code.
ANSWERED_BY_REPORTER = N_("Ditanggapi oleh Pelapor")
HELD = N_("Laporan ditahan")

# "Laporan ini sedang diminta untuk …" by the move that a request names (manual 6.6).
REQUESTED_TO: Mapping[w.Action, str] = {
    w.Action.HOLD: N_("Laporan ini sedang diminta untuk ditahan"),
    w.Action.RELEASE: N_("Laporan ini sedang diminta untuk dilepas tahannya"),
    w.Action.CLOSE: N_("Laporan ini sedang diminta untuk ditutup"),
    w.Action.REOPEN: N_("Laporan ini sedang diminta untuk dibuka kembali"),
    w.Action.HAND_BACK: N_("Laporan ini sedang diminta untuk dialihkan karena bukan wewenang"),
    w.Action.RESTORE: N_("Laporan ini sedang diminta untuk dibuka arsipnya"),
}

CLASSIFICATION_HINTS: Mapping[Classification, str] = {
    Classification.SUPERVISED: N_(
        "Ada dugaan pelanggaran atau penyimpangan yang perlu diawasi atau diperiksa."
    ),
    Classification.UNSUPERVISED: N_("Keluhan atas layanan atau sarana, tanpa dugaan pelanggaran."),
    Classification.INFORMATION: N_("Pelapor bertanya atau meminta penjelasan."),
    Classification.ASPIRATION: N_("Pelapor menyampaikan usul, saran, atau harapan."),
}


def label(code: StrEnum) -> str:
    """The Indonesian word for `code`, not yet translated. Raises KeyError for a code without one."""
    return LABELS[type(code)][code]
