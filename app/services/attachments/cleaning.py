"""Files are written anew without what nobody meant to send: one cleaner for each type that is taken.

Pictures are decoded and encoded again here (services/attachments/pictures.py). All else is done by the program in
`app/cleaning/`, one file at a time, with bounds on memory and time: a bomb ends that program and no other.
Plain text has nothing beside what it says.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial

from app.rules.attachments.files import TYPES
from app.rules.labels import N_
from app.services.attachments import pictures
from config import ROOT

log = logging.getLogger(__name__)
SECONDS = 30  # by the clock, for one file
_AT_ONCE = threading.BoundedSemaphore(2)

# By the reason that the program gives.
REASONS: Mapping[str, str] = {
    "locked": N_(
        "%(name)s terkunci dengan kata sandi atau pembatasan. Simpan ulang tanpa kunci, lalu lampirkan lagi."
    ),
    "damaged": N_("%(name)s rusak atau tidak utuh. Simpan ulang atau cetak ke PDF, lalu lampirkan lagi."),
    "heavy": N_(
        "%(name)s terlalu berat untuk diperiksa: terlalu banyak halaman atau isi. Bagi menjadi beberapa berkas yang lebih kecil."
    ),
    "layers": N_(
        "%(name)s memuat lapisan yang tersembunyi. Cetak ke PDF apa yang terlihat saja, lalu lampirkan lagi."
    ),
    "form": N_(
        "%(name)s adalah formulir yang dibentuk oleh program (XFA). Cetak ke PDF, lalu lampirkan lagi."
    ),
    "remarks": N_(
        "%(name)s memuat komentar atau perubahan yang dilacak beserta nama penulisnya. Terima atau hapus semuanya, lalu lampirkan lagi."
    ),
    "embedded": N_(
        "%(name)s memuat berkas lain atau program di dalamnya. Hapus dari dokumen, lalu lampirkan lagi."
    ),
    "linked": N_(
        "%(name)s mengambil isi dari berkas lain. Putuskan tautannya atau cetak ke PDF, lalu lampirkan lagi."
    ),
    "picture": N_(
        "%(name)s memuat gambar yang tidak dapat dibersihkan dari data tersembunyi. Gunakan gambar JPG atau PNG, lalu lampirkan lagi."
    ),
    "tracks": N_(
        "%(name)s memuat catatan selain gambar dan suara, misalnya tempat perekaman. Simpan ulang tanpa catatan itu, lalu lampirkan lagi."
    ),
}


class Unclean(Exception):
    """It cannot be cleaned; `message` says why, with %(name)s for the file."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.message = REASONS[reason]


def _by_program(kind: str, content: bytes) -> bytes:
    command = [sys.executable, "-B", "-m", "cleaning", kind]
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 our own program, and nothing of the file in the command
                command,
                input=content,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                cwd=ROOT / "app",  # where it is a package of its own: the application is not imported
                env={"LC_ALL": "C.UTF-8"},  # what reads hostile files knows no key and no database
            )
        except subprocess.TimeoutExpired as late:
            raise Unclean("heavy") from late
    said, line, cleaned = done.stdout.partition(b"\n")
    if done.returncode < 0 or b"MemoryError" in done.stderr:  # a bound was reached, and the system ended it
        raise Unclean("heavy")
    if done.returncode or not line:
        # The kind is all that is written down: what stands before it may quote the file.
        kind_of_error = done.stderr.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
        log.warning("the cleaner of %s files failed: %s", kind, kind_of_error[:80])
        raise Unclean("damaged")
    if said != b"ok":
        raise Unclean(said.decode())
    return cleaned


def _picture(form: str, content: bytes) -> bytes:
    return pictures.rewritten(content, form)


def _as_it_is(content: bytes) -> bytes:
    return content


Cleaner = Callable[[bytes], bytes]
_pdf, _office, _recording = (partial(_by_program, kind) for kind in ("pdf", "office", "recording"))
_jpeg, _png, _webp = (partial(_picture, form) for form in ("JPEG", "PNG", "WEBP"))

# By extension: each of TYPES has one, or nothing of the kind is taken.
CLEANERS: Mapping[str, Cleaner] = {
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "pdf": _pdf,
    "docx": _office,
    "xlsx": _office,
    "pptx": _office,
    "odt": _office,
    "ods": _office,
    "csv": _as_it_is,
    "txt": _as_it_is,
    "mp4": _recording,
    "mp3": _recording,
    "m4a": _recording,
}
if missing := TYPES.keys() - CLEANERS.keys():
    raise RuntimeError(f"files that nobody cleans: {', '.join(sorted(missing))}")


def clean(extension: str, content: bytes) -> bytes:
    """The file written anew. Raises Unclean, and for pictures what services/attachments/pictures.py raises."""
    return CLEANERS[extension](content)
