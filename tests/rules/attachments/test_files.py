"""Names of files, and who may send which."""

from __future__ import annotations

import pytest

from app.rules.attachments import files
from app.rules.attachments.files import NAME_MAX, Sender


def test_citizens_send_pictures_and_pdf_and_officers_every_type() -> None:
    assert files.extensions_for(Sender.CITIZEN) == ("jpg", "jpeg", "png", "webp", "pdf")
    assert files.extensions_for(Sender.OFFICER) == tuple(files.TYPES)


@pytest.mark.parametrize(
    ("name", "extension"), [("a.JPG", "jpg"), ("a.b.pdf", "pdf"), ("tanpa", ""), (".jpg", "")]
)
def test_the_extension_of_a_name(name: str, extension: str) -> None:
    assert files.extension_of(name) == extension


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\foto\\jalan.jpg", "jalan.jpg"),
        ("../../jalan.jpg", "jalan.jpg"),
        ("ja\u202elan\n.jpg", "jalan.jpg"),
        (" . ", "berkas"),
        ("jalan.jpg. ", "jalan.jpg"),
        ("e\u0301.jpg", "é.jpg"),
        ("x" * NAME_MAX, "x" * NAME_MAX),
        ("x" * NAME_MAX + ".jpg", "x" * (NAME_MAX - 4) + ".jpg"),
    ],
)
def test_a_name_is_shown_without_path_and_control_characters(name: str, shown: str) -> None:
    assert files.shown_name(name) == shown


def test_a_reporters_file_has_a_neutral_name_for_others_and_its_own_for_them() -> None:
    assert files.name_for_others("rumah saya.jpg", 2, "image/jpeg") == "Lampiran 2.jpg"
    assert files.name_for_others("rumah saya.bin", 2, "x/y") == "Lampiran 2"
    assert files.name_for_others("surat.pdf", None, "application/pdf") == "surat.pdf"
    assert files.name_for_sender("rumah saya.jpg", 2, "image/jpeg") == "rumah saya.jpg"
    assert files.name_for_sender("", 2, "image/jpeg") == "Lampiran 2.jpg"
    assert files.name_for_sender("surat.pdf", None, "application/pdf") == "surat.pdf"
    assert files.EXTENSIONS["image/jpeg"] == "jpg"
