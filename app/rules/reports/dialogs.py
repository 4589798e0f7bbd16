"""What the dialogs of the desk ask and answer, in the manual's words (6.3 to 6.7).

ASKING: for who may only ask for a move; MAKING: for who makes it. A part between two stars is set in
bold where it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.rules.labels import N_
from app.rules.reports.workflow import Action


@dataclass(frozen=True)
class Words:
    """menu: the entry under Lainnya; question: the dialog's title; reason: the label of the field;
    confirm: what pressing YA means; done: what is said afterwards, with %(id)s."""

    menu: str
    question: str
    reason: str
    confirm: str
    done: str


_HOLD, _RELEASE, _CLOSE = N_("Alasan tahan:"), N_("Alasan lepas tahan:"), N_("Alasan tutup:")
_REOPEN, _RESTORE = N_("Alasan buka:"), N_("Alasan buka arsip:")

ASKING: Mapping[Action, Words] = {
    Action.HOLD: Words(
        N_("Permintaan Tahan Laporan"),
        N_("Apakah Anda yakin ingin meminta tahan laporan ini?"),
        _HOLD,
        N_("Klik Ya jika Anda ingin meminta **tahan** laporan ini!"),
        N_("Permintaan tahan laporan #%(id)s terkirim dan menunggu keputusan."),
    ),
    Action.RELEASE: Words(
        N_("Permintaan Lepas Tahan Laporan"),
        N_("Apakah Anda yakin ingin meminta lepas tahan laporan ini?"),
        _RELEASE,
        N_("Klik Ya jika Anda ingin meminta **lepas tahan** laporan ini!"),
        N_("Permintaan lepas tahan laporan #%(id)s terkirim dan menunggu keputusan."),
    ),
    Action.CLOSE: Words(
        N_("Permintaan Tutup Laporan"),
        N_("Apakah Anda yakin ingin meminta tutup laporan ini?"),
        _CLOSE,
        N_("Klik Ya jika Anda ingin meminta **tutup** laporan ini!"),
        N_("Permintaan tutup laporan #%(id)s terkirim dan menunggu keputusan."),
    ),
    Action.REOPEN: Words(
        N_("Permintaan Buka Laporan"),
        N_("Apakah Anda yakin ingin meminta buka laporan ini?"),
        _REOPEN,
        N_("Klik Ya jika Anda ingin meminta **buka** laporan ini!"),
        N_("Permintaan buka laporan #%(id)s terkirim dan menunggu keputusan."),
    ),
    Action.RESTORE: Words(
        N_("Permintaan Buka Arsip"),
        N_("Apakah Anda yakin ingin meminta buka arsip laporan ini?"),
        _RESTORE,
        N_("Klik Ya jika Anda ingin meminta **buka arsip** laporan ini!"),
        N_("Permintaan buka arsip laporan #%(id)s terkirim dan menunggu keputusan."),
    ),
}

MAKING: Mapping[Action, Words] = {
    Action.HOLD: Words(
        N_("Tahan Laporan"),
        N_("Apakah Anda yakin ingin menahan laporan ini?"),
        _HOLD,
        N_("Klik Ya jika Anda ingin **menahan** laporan ini! Penutupan otomatis dihentikan selama ditahan."),
        N_("Laporan #%(id)s ditahan."),
    ),
    Action.RELEASE: Words(
        N_("Lepas Tahan Laporan"),
        N_("Apakah Anda yakin ingin melepas tahan laporan ini?"),
        _RELEASE,
        N_("Klik Ya jika Anda ingin **melepas tahan** laporan ini!"),
        N_("Penahanan laporan #%(id)s dilepas."),
    ),
    Action.CLOSE: Words(
        N_("Tutup Laporan"),
        N_("Apakah Anda yakin ingin menutup laporan ini?"),
        _CLOSE,
        N_("Klik Ya jika Anda ingin **menutup** laporan ini! Alasan Anda ditunjukkan kepada pelapor."),
        N_("Laporan #%(id)s ditutup."),
    ),
    Action.REOPEN: Words(
        N_("Buka Laporan"),
        N_("Apakah Anda yakin ingin membuka kembali laporan ini?"),
        _REOPEN,
        N_("Klik Ya jika Anda ingin **membuka kembali** laporan ini!"),
        N_("Laporan #%(id)s dibuka kembali dan menunggu tindak lanjut."),
    ),
    Action.RESTORE: Words(
        N_("Buka Arsip"),
        N_("Apakah Anda yakin ingin membuka arsip laporan ini?"),
        _RESTORE,
        N_("Klik Ya jika Anda ingin **membuka arsip** laporan ini! Laporan kembali ke Belum Terverifikasi."),
        N_("Laporan #%(id)s kembali ke Belum Terverifikasi."),
    ),
}

# The part of an address that names a move which carries a reason alone.
SLUGS: Mapping[Action, str] = {
    Action.HOLD: "tahan",
    Action.RELEASE: "lepas-tahan",
    Action.CLOSE: "tutup",
    Action.REOPEN: "buka",
    Action.RESTORE: "buka-arsip",
}
