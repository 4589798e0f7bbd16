"""What the application refuses, and in which words.

Every refusal is a LaporError: its message says in Indonesian what happened and what to do, and its
`status` is the HTTP status that a page or the API answers with. Messages are marked for translation
with N_ and translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.rules.labels import N_


class LaporError(Exception):
    status = 400
    message = N_("Permintaan tidak dapat diproses.")

    def __init__(self, message: str | None = None, **params: object) -> None:
        self.message = message or self.message
        self.params = params
        super().__init__(self.message)


class NotFound(LaporError):
    """Absent and out of scope look alike."""

    status = 404
    message = N_("Laporan atau halaman tidak ditemukan.")


class Forbidden(LaporError):
    """The account sees the report, but this is not its move to make."""

    status = 403
    message = N_("Anda tidak berwenang melakukan tindakan ini.")


class NotFromHere(LaporError):
    """The report has moved on: its state does not take this move any more."""

    status = 409
    message = N_(
        "Tindakan ini tidak dapat dilakukan pada status laporan saat ini. Muat ulang halaman untuk melihat keadaan terbaru."
    )


class Stale(LaporError):
    """The form was opened before somebody else changed the report."""

    status = 409
    message = N_(
        "Laporan ini sudah berubah sejak halaman dibuka. Isian Anda tidak hilang; periksa perubahan di bawah, lalu kirim lagi."
    )


class AlreadyDone(LaporError):
    """A decided request cannot be decided again; an open one cannot be asked twice."""

    status = 409
    message = N_("Permintaan ini sudah diputuskan.")


class Invalid(LaporError):
    """What was typed cannot be taken; `errors` maps a field to its message, Filled where it has numbers."""

    status = 422
    message = N_("Periksa kembali isian yang ditandai.")

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__()
        self.errors = dict(errors)
