"""PENGATURAN > Kesehatan Sistem: what waits, what was given up, whether the jobs run."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from app.access.system import health
from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.rules.labels import N_
from app.rules.reports.codes import EventKind
from app.services.system import dead_letters
from app.views.attachments.keeping import room_now
from app.views.web import context

JOBS: Mapping[str, str] = {
    "expire_clocks": N_("Tenggat yang habis"),
    "deliver_outbox": N_("Pengiriman surat"),
    "refresh_figures": N_("Ringkasan statistik"),
    "plan_digests": N_("Surel ringkasan"),
    "remind": N_("Pengingat tenggat"),
    "make_exports": N_("Pembuatan berkas unduhan"),
    "scan_files": N_("Pemindaian virus lampiran"),
    "sweep_files": N_("Berkas yang tidak jadi dikirim"),
    "import_sheets": N_("Impor Laporan Ringkas"),
    "reorganise": N_("Penataan instansi"),
    "tidy": N_("Pembersihan data sementara"),
    "tell_of_failures": N_("Kabar percobaan masuk"),
}
TOPIC_NAMES: Mapping[str, str] = {
    "mail_trial": N_("Surat uji"),
    "account_first": N_("Akun baru"),
    "account_invited": N_("Undangan menjadi admin"),
    "invitation_answered": N_("Jawaban undangan menjadi admin"),
    "account_promoted": N_("Pengangkatan admin"),
    "account_powers": N_("Perubahan instansi, peran, atau username"),
    "account_changed": N_("Perubahan akun, dengan tautan pembatalan"),
    "sms_account_changed": N_("Perubahan akun, dengan tautan pembatalan, lewat SMS"),
    "second_step_changed": N_("Verifikasi dua langkah diubah"),
    "second_step_recovery": N_("Verifikasi dua langkah yang hilang"),
    "citizen_search_limit": N_("Batas pencarian pengguna terdaftar"),
    "mail_link": N_("Tautan baru laporan"),
    "sms_link": N_("Tautan baru laporan lewat SMS"),
    "password_forgotten": N_("Lupa kata sandi"),
    "password_changed": N_("Kata sandi diubah"),
    "sign_in_tried": N_("Percobaan masuk"),
    "email_confirm": N_("Email baru"),
    "email_asked": N_("Permintaan mengganti email"),
    "second_step_reset": N_("Verifikasi dua langkah dilepas"),
    "recompute_deadlines": N_("Penghitungan ulang tenggat"),
    "replace_delegators": N_("Penggantian pemberi disposisi"),
    "digest": N_("Penyusunan surel ringkasan"),
    "digest_mail": N_("Surel ringkasan"),
    "mail_code": N_("Kode untuk warga"),
    "file_refused": N_("Lampiran ditolak pemindai virus"),
    "sms_file_refused": N_("Lampiran ditolak pemindai virus lewat SMS"),
    "mail_report": N_("Kabar untuk pelapor"),
    "mail_notification": N_("Notifikasi petugas"),
    "mail_digest": N_("Notifikasi harian petugas"),
    "sms_answer": N_("Jawaban SMS"),
    "sms_code": N_("Kode untuk warga lewat SMS"),
    "sms_password_changed": N_("Kata sandi diubah, lewat SMS"),
    "sms_report": N_("Kabar untuk pelapor lewat SMS"),
    # What is heard of reports, each by the name of its event.
    **{kind.value: kind.label for kind in EventKind},
}


# What the jobs count, by the names in their results.
COUNTED: Mapping[str, str] = {
    "moved": N_("dipindahkan"),
    "checked": N_("berkas diperiksa"),
    "imported": N_("baris diimpor"),
    "sheets": N_("impor lama"),
    "deleted": N_("dihapus"),
    "failed": N_("gagal"),
    "sent": N_("terkirim"),
    "scanned": N_("berkas dipindai"),
    "refused": N_("ditolak"),
    "silent": N_("tanpa penerima"),
    "dead": N_("dihentikan"),
    "quiet": N_("tanpa kabar"),
    "messages": N_("surat lama"),
    "keys": N_("kunci formulir"),
    "links": N_("tautan"),
    "tries": N_("hitungan percobaan"),
    "forms": N_("kode"),
    "texts": N_("SMS lama"),
    "made": N_("berkas dibuat"),
    "told": N_("pengingat dibuat"),
    "mails": N_("ringkasan harian"),
    "notifications": N_("notifikasi lama"),
    "tokens": N_("token lama"),
    "digests": N_("surel ringkasan"),
    "months": N_("bulan dihitung ulang"),
    "built": N_("bulan disusun"),
    "began": N_("perubahan struktur dimulai"),
    "batches": N_("kelompok laporan menyusul"),
    "sessions": N_("sesi lama"),
    "addresses": N_("alamat lama"),
}


def in_words(result: str) -> str:
    """A job's result, "sent 3, failed 1", in the reader's words."""
    parts = [part.partition(" ") for part in result.split(", ") if part]
    return ", ".join(f"{_(COUNTED.get(name, name))} {number}" for name, _blank, number in parts)


class Health(BaseView):
    route_base = "/pengaturan/kesehatan"
    default_view = "show"
    class_permission_name = Resource.SETTINGS.value
    method_permission_name = {
        "show": "read",
        "retry": "write",
        "retry_all": "write",
        "drop": "write",
        "trial": "write",
    }

    @expose("/")
    @has_access
    def show(self) -> ResponseReturnValue:
        session = context.reading()
        runs = health.runs(session, current_app.extensions["lapor_jobs"], context.now())
        return self.render_template(
            "lapor/system/health.html",
            queue=health.queue(session),
            dead=health.dead_letters(session),
            runs=runs,
            stopped=all(run.late for run in runs),
            room=room_now(),
            jobs=JOBS,
            topics=TOPIC_NAMES,
            in_words=in_words,
            folder=current_app.config["LAPOR"].mail_folder is not None,
        )

    @expose("/<int:key>/ulang", methods=["GET", "POST"])
    @has_access
    def retry(self, key: int) -> ResponseReturnValue:
        return self._confirmed(
            key,
            _("Kirim ulang"),
            _("Surat ini dimasukkan lagi ke antrean dan dikirim dalam beberapa menit."),
            _("KIRIM ULANG"),
            lambda session: dead_letters.retry(session, context.actor(), key, context.now()),
            _("Surat dimasukkan lagi ke antrean."),
        )

    @expose("/<int:key>/hapus", methods=["GET", "POST"])
    @has_access
    def drop(self, key: int) -> ResponseReturnValue:
        return self._confirmed(
            key,
            _("Hapus dari antrean"),
            _("Surat ini tidak akan pernah dikirim. Anda yakin?"),
            _("HAPUS DARI ANTREAN"),
            lambda session: dead_letters.drop(session, context.actor(), key, context.now()),
            _("Surat dihapus dari antrean."),
        )

    @expose("/ulang-semua", methods=["GET", "POST"])
    @has_access
    def retry_all(self) -> ResponseReturnValue:
        return self._confirmed(
            None,
            _("Kirim ulang semua"),
            _("Semua surat yang gagal dimasukkan lagi ke antrean. Perbaiki dahulu penyebab kegagalannya."),
            _("KIRIM ULANG SEMUA"),
            lambda session: dead_letters.retry_all(session, context.actor(), context.now()),
            _("Surat dimasukkan lagi ke antrean."),
        )

    @expose("/surat-uji", methods=["GET", "POST"])
    @has_access
    def trial(self) -> ResponseReturnValue:
        dedupe_key = secrets.token_urlsafe(8)
        return self._confirmed(
            None,
            _("Kirim surat uji"),
            _("Satu surat uji dikirim ke alamat email akun Anda."),
            _("KIRIM"),
            lambda session: dead_letters.send_trial(session, context.actor(), dedupe_key, context.now()),
            _("Surat uji dimasukkan ke antrean."),
        )

    def _confirmed(
        self,
        key: int | None,
        title: str,
        question: str,
        button: str,
        do: Callable[[Session], object],
        said: str,
    ) -> ResponseReturnValue:
        """Ask first, on a page of its own; then do it. Raises NotFound for what is no dead letter."""
        form, back = FlaskForm(), url_for("Health.show")
        if not form.validate_on_submit():
            if key is not None:
                dead_letters.find(context.reading(), context.actor(), key)
            return self.render_template(
                "lapor/forms/confirm.html",
                form=form,
                title=title,
                question=question,
                button=button,
                back=back,
            )
        with transaction(context.actor()) as session:
            do(session)
        flash(said, "success")
        return redirect(back, 303)
