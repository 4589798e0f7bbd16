"""PENGATURAN > Catatan Audit: who changed accounts, roles, agencies and settings, newest first; and above
them the waves of failed tries at signing in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _

from app.access.accounts.failed_sign_ins import waves
from app.access.system import audit
from app.rules.accounts.roles import Resource
from app.rules.labels import N_
from app.rules.text import key_of
from app.views.web import context
from app.views.web.downloads import tables_of

PAGE = 50
KINDS: Mapping[str, str] = {
    "account": N_("Akun"),
    "agency": N_("Instansi"),
    "api_client": N_("Mitra API"),
    "archive_reason": N_("Alasan arsip"),
    "category": N_("Kategori"),
    "citizens": N_("Pelapor"),
    "completion_target": N_("Target penyelesaian"),
    "day_off": N_("Hari libur"),
    "outbox": N_("Antrean surat"),
    "reorganisation": N_("Perubahan struktur instansi"),
    "report": N_("Laporan"),
    "role": N_("Peran"),
    "search_synonym": N_("Sinonim"),
    "setting": N_("Pengaturan sistem"),
    "export": N_("Ekspor"),
    "sheet_import": N_("Impor Laporan Ringkas"),
}
DONE: Mapping[str, str] = {
    "activated": N_("diaktifkan"),
    "change_undone": N_("dikembalikan oleh pemiliknya"),
    "invited": N_("diundang menjadi admin"),
    "invitation_declined": N_("menolak undangan"),
    "invitation_withdrawn": N_("dibatalkan undangannya"),
    "second_step_reset_asked": N_("dikirimi tautan untuk melepas verifikasi dua langkahnya"),
    "added": N_("ditambahkan"),
    "agency_changed": N_("diganti instansinya"),
    "asked": N_("diajukan"),
    "birth_date_changed": N_("diganti tanggal lahirnya"),
    "brought": N_("diunggah"),
    "cancelled": N_("dibatalkan"),
    "changed": N_("diubah"),
    "confirmed": N_("disetujui"),
    "consent_withdrawn": N_("dicabut izinnya oleh pemilik akun"),
    "created": N_("dibuat"),
    "deactivated": N_("dinonaktifkan"),
    "deleted": N_("dihapus"),
    "dropped": N_("dihapus dari antrean"),
    "email_changed": N_("diganti emailnya"),
    "finished": N_("selesai"),
    "gender_changed": N_("diganti jenis kelaminnya"),
    "invited_again": N_("dikirimi lagi surat pertamanya"),
    "masking_chosen": N_("diatur penyamarannya"),
    "name_changed": N_("diganti namanya"),
    "opened_to_correct": N_("dibuka utuh untuk dikoreksi"),
    "password_changed": N_("diganti kata sandinya"),
    "phone_changed": N_("diganti teleponnya"),
    "promoted": N_("dijadikan admin"),
    "recovery_codes_renewed": N_("diberi kode pemulihan baru"),
    "removed": N_("dihapus"),
    "taken": N_("diunduh"),
    "renamed": N_("diganti namanya"),
    "retired": N_("dihentikan"),
    "retried": N_("dikirim ulang"),
    "roles_changed": N_("diganti perannya"),
    "search_limit_reached": N_("dicari sampai batas harian"),
    "searched": N_("dicari"),
    "secret_renewed": N_("diberi kunci baru"),
    "second_step_demanded": N_("diwajibkan verifikasi dua langkah"),
    "second_step_disabled": N_("mematikan verifikasi dua langkah"),
    "second_step_enabled": N_("menyalakan verifikasi dua langkah"),
    "second_step_left_free": N_("tidak lagi diwajibkan verifikasi dua langkah"),
    "second_step_reset": N_("diatur ulang verifikasi dua langkahnya"),
    "unlocked": N_("dibuka kuncinya"),
    "username_changed": N_("diganti username-nya"),
}


class AuditLog(BaseView):
    route_base = "/pengaturan/catatan"
    default_view = "list"
    class_permission_name = Resource.AUDIT.value
    method_permission_name = {"list": "read"}

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        """?jenis= one kind alone; ?sebelum= entries older than that key."""
        session = context.reading()
        known = audit.kinds(session)
        kind = request.args.get("jenis", "")
        kind = kind if kind in known else ""
        before = key_of(request.args.get("sebelum"))
        found = audit.entries(session, kind=kind, before=before, limit=PAGE + 1)
        shown = found[:PAGE]
        older: dict[str, Any] = {
            "jenis": kind or None,
            "sebelum": shown[-1].entry.id if len(found) > PAGE else None,
        }
        return self.render_template(
            "lapor/system/audit_log.html",
            rows=shown,
            waves=[] if before is not None else waves(session, context.now()),
            kinds=[(code, _(KINDS.get(code, code))) for code in known],
            kind=kind,
            files=tables_of("ListExports.take", listing="catatan-audit", jenis=kind or None),
            what=what,
            details=details,
            first=url_for("AuditLog.list", jenis=kind or None) if before is not None else "",
            next=url_for("AuditLog.list", **older) if len(found) > PAGE else "",
        )


def what(action: str) -> str:
    """An action in words: what it was done to, and what was done. A code without words stays a code."""
    thing, _dot, done = action.partition(".")
    if thing not in KINDS or done not in DONE:
        return action
    return f"{_(KINDS[thing])} {_(DONE[done])}"


def details(data: Mapping[str, object]) -> str:
    """The codes of a change, one after the other."""
    return ", ".join(f"{name}: {_plain(value)}" for name, value in data.items())


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
