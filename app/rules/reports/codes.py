"""The codes of a report beside those of its workflow, each with the word that people read for it."""

from __future__ import annotations

from collections.abc import Mapping

from app.rules.labels import N_, Labelled


class Channel(Labelled):
    """The channel by which a report came in."""

    WEBSITE = "website", N_("Website")
    ANDROID = "android", N_("Android")
    IOS = "ios", N_("iOS")
    SMS = "sms", N_("SMS")
    WHATSAPP = "whatsapp", N_("Whatsapp")
    INSTAGRAM = "instagram", N_("Instagram")
    FACEBOOK = "facebook", N_("Facebook")
    X = "x", N_("X")
    HOTLINE = "hotline", N_("Hotline Service")
    CALL_CENTER = "call_center", N_("Call Center")
    EMAIL = "email", N_("Email Instansi")
    FACE_TO_FACE = "face_to_face", N_("Tatap Muka")
    LETTER = "letter", N_("Pos Surat")
    SUBSITE = "subsite", N_("Subsite Instansi")
    PARTNER = "partner", N_("Mitra")
    IMPORT = "import", N_("Impor")


class Classification(Labelled):
    SUPERVISED = "supervised", N_("Pengaduan Berkadar Pengawasan")
    UNSUPERVISED = "unsupervised", N_("Pengaduan Tidak Berkadar Pengawasan")
    INFORMATION = "information", N_("Permintaan Informasi")
    ASPIRATION = "aspiration", N_("Aspirasi")


class EndedBy(Labelled):
    """Who closed or archived a report: closed by the timer must never pass for solved."""

    SYSTEM = "system", N_("oleh Sistem")
    ADMIN = "admin", N_("oleh Admin")
    REPORTER = "reporter", N_("oleh Pelapor")


class RequestStatus(Labelled):
    OPEN = "open", N_("BELUM DIPROSES")
    ACCEPTED = "accepted", N_("DITERIMA")
    REJECTED = "rejected", N_("DITOLAK")
    WITHDRAWN = "withdrawn", N_("DIBATALKAN")
    VOID = "void", N_("TIDAK BERLAKU")


class ClockOutcome(Labelled):
    MET = "met", N_("terpenuhi")
    EXPIRED = "expired", N_("habis waktunya")  # it ran out, and the system made its move
    STOPPED = "stopped", N_("dihentikan")  # the report went on in another way before it ran out
    PASSED_ON = "passed_on", N_("berlanjut di instansi berikutnya")


class Upkeep(Labelled):
    """What takes a report from an agency without being a move of the table."""

    DEACTIVATED = "deactivated", N_("instansi dinonaktifkan")
    MOVED = "moved", N_("instansi dipindahkan")  # it is no longer above the holder, and the report has ended
    MERGED = "merged", N_("instansi digabungkan")
    DISSOLVED = "dissolved", N_("instansi dibubarkan")


class EventKind(Labelled):
    """One for each thing that is written into a report's history."""

    RECEIVED = "received", N_("Laporan diterima")
    VERIFIED = "verified", N_("Diverifikasi dan didisposisikan")
    DETAILS_ASKED = "details_asked", N_("Ditunda menunggu kelengkapan")
    COMPLETED = "completed", N_("Dilengkapi oleh Pelapor")
    ARCHIVED = "archived", N_("Laporan diarsipkan")
    RESTORED = "restored", N_("Arsip dibuka kembali")
    CORRECTED = "corrected", N_("Dikoreksi")
    FORWARDED = "forwarded", N_("Diteruskan")
    REDIRECTED = "redirected", N_("Disposisi diubah")
    FOLLOWED_UP = "followed_up", N_("Ditindaklanjuti")
    REPLIED = "replied", N_("Ditanggapi oleh Pelapor")
    HANDED_BACK = "handed_back", N_("Dikembalikan karena bukan wewenang")
    HELD = "held", N_("Laporan ditahan")
    RELEASED = "released", N_("Penahanan dilepas")
    EXTENDED = "extended", N_("Waktu tindak lanjut diperpanjang")
    CLOSED = "closed", N_("Laporan ditutup")
    AUTO_CLOSED = "auto_closed", N_("Ditutup otomatis")
    REOPENED = "reopened", N_("Laporan dibuka kembali")
    COMMENTED = "commented", N_("Dikomentari")
    REQUESTED = "requested", N_("Permintaan diajukan")
    REQUEST_ACCEPTED = "request_accepted", N_("Permintaan diterima")
    REQUEST_REJECTED = "request_rejected", N_("Permintaan ditolak")
    REQUEST_WITHDRAWN = "request_withdrawn", N_("Permintaan dibatalkan")
    REQUEST_VOIDED = "request_voided", N_("Permintaan tidak berlaku lagi")
    REORGANISED = "reorganised", N_("Instansi ditata ulang")


class Visibility(Labelled):
    """Who reads an event: everybody, the reporter and officers, officers alone."""

    PUBLIC = "public", N_("Publik")
    REPORTER = "reporter", N_("Pelapor dan instansi")
    OFFICERS = "officers", N_("Hanya instansi")


# The states of a card that are more than a state and less than a code.
ANSWERED_BY_REPORTER = N_("Ditanggapi oleh Pelapor")
HELD = N_("Laporan ditahan")

CLASSIFICATION_HINTS: Mapping[Classification, str] = {
    Classification.SUPERVISED: N_(
        "Ada dugaan pelanggaran atau penyimpangan yang perlu diawasi atau diperiksa."
    ),
    Classification.UNSUPERVISED: N_("Keluhan atas layanan atau sarana, tanpa dugaan pelanggaran."),
    Classification.INFORMATION: N_("Pelapor bertanya atau meminta penjelasan."),
    Classification.ASPIRATION: N_("Pelapor menyampaikan usul, saran, atau harapan."),
}
