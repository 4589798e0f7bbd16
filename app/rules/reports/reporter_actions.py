"""What a reporter can do with their own report, in their words (manual, 3.4). The workflow table says when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.rules.labels import N_
from app.rules.reports.workflow import Action, Verdict

RATE = "nilai"


@dataclass(frozen=True)
class Act:
    """menu: the button on the report; title: the page; label: of its field; button: what sends it; done:
    what is said afterwards; files: whether they may be sent along."""

    action: Action
    verdict: Verdict
    menu: str
    title: str
    label: str
    button: str
    done: str
    files: bool = False
    hint: str = ""


# By the part of the address that names it, in the order of the buttons: the likeliest first.
ACTS: Mapping[str, Act] = {
    "lengkapi": Act(
        Action.COMPLETE,
        Verdict.ALLOWED,
        N_("Lengkapi"),
        N_("Lengkapi laporan Anda"),
        N_("Keterangan tambahan"),
        N_("KIRIM"),
        N_("Terima kasih. Laporan Anda diperiksa lagi."),
        files=True,
    ),
    "tanggapan": Act(
        Action.REPLY,
        Verdict.ALLOWED,
        N_("Beri tanggapan"),
        N_("Tanggapi tindak lanjut instansi"),
        N_("Tanggapan Anda"),
        N_("KIRIM"),
        N_("Tanggapan Anda terkirim. Instansi membacanya."),
        files=True,
        hint=N_("Dengan tanggapan Anda, laporan tidak ditutup otomatis."),
    ),
    "buka": Act(
        Action.REOPEN,
        Verdict.ASK,
        N_("Minta dibuka kembali"),
        N_("Minta laporan dibuka kembali"),
        N_("Mengapa laporan perlu dibuka kembali?"),
        N_("KIRIM"),
        N_("Permintaan Anda terkirim dan menunggu keputusan instansi."),
        files=True,
    ),
    "buka-arsip": Act(
        Action.RESTORE,
        Verdict.ASK,
        N_("Minta arsip dibuka"),
        N_("Minta arsip dibuka"),
        N_("Mengapa laporan perlu diperiksa lagi?"),
        N_("KIRIM"),
        N_("Permintaan Anda terkirim dan menunggu keputusan admin pusat."),
    ),
    "tutup": Act(
        Action.CLOSE,
        Verdict.ALLOWED,
        N_("Tutup laporan"),
        N_("Tutup laporan Anda"),
        N_("Mengapa laporan ditutup?"),
        N_("TUTUP LAPORAN"),
        N_("Laporan Anda ditutup."),
        hint=N_("Tutup laporan bila masalahnya sudah selesai."),
    ),
    "tarik": Act(
        Action.ARCHIVE,
        Verdict.ALLOWED,
        N_("Tarik laporan"),
        N_("Tarik laporan Anda"),
        N_("Mengapa laporan ditarik?"),
        N_("TARIK LAPORAN"),
        N_("Laporan Anda ditarik dan diarsipkan."),
        hint=N_("Laporan yang ditarik tidak diteruskan ke instansi."),
    ),
}
