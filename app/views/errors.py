"""Errors as people read them: what happened, what is kept, what to do. Never a traceback."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from app.rules.errors import LaporError
from app.rules.labels import N_
from app.views.channels.api import problems
from app.views.channels.open311_answers import errors as in_standard_form
from app.views.channels.open311_answers import is_open311
from app.views.web.api_paths import is_api
from app.views.web.bodies import KILOBYTE, MULTIPART, TAKES_FILES, TEXTS_MAX
from app.views.web.request_id import request_id
from config import Settings

TITLES = {
    400: N_("Permintaan tidak dapat dibaca"),
    401: N_("Belum dikenali"),
    403: N_("Tidak berwenang"),
    404: N_("Tidak ditemukan"),
    405: N_("Cara membuka halaman ini tidak tepat"),
    409: N_("Keadaan sudah berubah"),
    413: N_("Kiriman terlalu besar"),
    415: N_("Jenis kiriman tidak diterima"),
    422: N_("Isian belum tepat"),
    429: N_("Terlalu banyak permintaan"),
    500: N_("Terjadi kesalahan pada sistem"),
}
ADVICE = {
    400: N_("Periksa kembali alamat halaman, atau kembali ke halaman sebelumnya dan coba lagi."),
    403: N_(
        "Akun Anda tidak memiliki izin untuk halaman ini. Hubungi admin instansi Anda bila memerlukannya."
    ),
    404: N_("Halaman atau laporan ini tidak ada, atau berada di luar lingkup instansi Anda."),
    415: N_("Kirim isi sebagai JSON, dan berkas sebagai formulir."),
    405: N_("Buka halaman ini dari menu atau tombol yang tersedia."),
    409: N_("Muat ulang halaman untuk melihat keadaan terbaru, lalu coba lagi."),
    413: N_(
        "Kembali dengan tombol kembali di peramban: tulisan Anda masih ada di sana. Perkecil berkas atau persingkat teks, lalu kirim lagi."
    ),
    422: N_("Kembali ke halaman sebelumnya, perbaiki isian, lalu kirim lagi."),
    429: N_("Tunggu beberapa saat, lalu coba lagi."),
    500: N_("Data Anda tidak berubah. Coba lagi; bila berulang, sampaikan kode ini kepada admin pusat."),
}

TOO_LONG = N_("Isian satu formulir paling banyak %(most)s kB.")
TOO_LARGE = N_("Satu kiriman paling besar %(whole)s MB, dan satu berkas lampiran paling besar %(each)s MB.")


def _answer(
    status: int, message: str | None = None, code: str = "", params: Mapping[str, object] | None = None
) -> ResponseReturnValue:
    title, advice = TITLES.get(status, TITLES[400]), ADVICE.get(status, ADVICE[400])
    message = _(message, **(params or {})) if message else None
    if is_open311():
        return in_standard_form((status, message or title, {}))
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"status": status, "title": _(title), "detail": message or _(advice)}), status
    page = render_template(
        "lapor/web/error.html", status=status, title=title, message=message, advice=advice, code=code, here=""
    )
    return page, status


def _too_large(settings: Settings) -> ResponseReturnValue:
    if request.endpoint not in TAKES_FILES or request.mimetype != MULTIPART:
        return _answer(413, TOO_LONG, params={"most": TEXTS_MAX // KILOBYTE})
    whole, each = settings.request_max_mb, settings.attachment_max_mb
    return _answer(413, TOO_LARGE, params={"whole": whole, "each": each})


def _title(status: int) -> str:
    return str(_(TITLES.get(status, TITLES[400])))


def init_app(app: Flask) -> None:
    @app.errorhandler(LaporError)
    def refused(error: LaporError) -> ResponseReturnValue:
        if is_api():
            return problems.of_refusal(error, _title(error.status))
        return _answer(error.status, error.message, params=error.params)

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> ResponseReturnValue:
        return _answer(400, N_("Sesi halaman ini sudah berakhir. Muat ulang halaman, lalu kirim lagi."))

    @app.errorhandler(SecurityError)
    def foreign_host(error: SecurityError) -> ResponseReturnValue:
        if is_api():
            return problems.of_http(error, _title(400), _(ADVICE[400]))
        # No address of ours can be written for a host that is not ours, so no page either.
        return "400 Bad Request", 400, {"Content-Type": "text/plain"}

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        if is_api():
            return problems.of_http(error, _title(error.code), _(ADVICE.get(error.code, ADVICE[400])))
        if isinstance(error, RequestEntityTooLarge):
            return _too_large(app.config["LAPOR"])
        return _answer(error.code)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        # The code joins the log to what the user saw, without a word of what they wrote (app/incidents.py).
        code = request_id()
        current_app.logger.error("unexpected error %s at %s", code, request.endpoint, exc_info=error)
        if is_api():
            return problems.answer(500, _title(500), _(ADVICE[500]), code=code)
        return _answer(500, code=code)
