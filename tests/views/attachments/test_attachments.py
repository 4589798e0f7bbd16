"""Attachments from the form to the download: taken, refused, kept over a refusal, served by scope (cases C2, G3, G4, G9)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, update

from app.extensions import storage, transaction
from app.jobs.schedule import sweep_files
from app.models import Attachment, Comment, FileState, FollowUp
from app.rules.attachments.files import NAME_MAX, PENDING_HOURS, TAKEN_HOURS, Sender, shown_name
from app.rules.errors import Invalid
from app.services.attachments import uploads
from app.storage.folder import Folder
from tests.support.http import Person, hidden_fields
from tests.support.papers import mp4, plain_pdf
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
LIMIT = 10 * 1024 * 1024
PDF = plain_pdf()


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


@pytest.fixture
def report(app: Flask, play: Play) -> int:
    with app.app_context():
        return play.verified("a")


def photo(form: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture that says where and with what it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera Uji"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 30.0)
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form, exif=exif)
    assert b"Kamera Uji" in out.getvalue()
    return out.getvalue()


def archive(*names: str, **content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, content.get(name, b"<x/>"))
    return out.getvalue()


def send(person: Person, url: str, *files: tuple[bytes, str], **data: Any) -> Any:
    page = person.get(url).get_data(as_text=True)
    chosen = [(io.BytesIO(content), name) for content, name in files]
    return person.client.post(
        url,
        data={**hidden_fields(page), **data, "files": chosen},
        content_type="multipart/form-data",
    )


def files(app: Flask) -> list[Attachment]:
    with app.app_context(), transaction() as session:
        found = list(session.scalars(select(Attachment).order_by(Attachment.id)))
        session.expunge_all()
        return found


def follow_up_url(report: int) -> str:
    return f"/laporan/{report}/tindak-lanjut/"


def test_files_come_with_the_follow_up_and_are_served(app: Flask, sign_in: SignIn, report: int) -> None:
    officer = sign_in("a")
    done = send(
        officer,
        follow_up_url(report),
        (photo(), "foto.jpg"),
        (PDF, "surat.pdf"),
        (photo(), "foto.jpg"),
        text="Terlampir.",
    )
    assert done.status_code == 303
    found = files(app)
    assert [(f.original_name, f.state) for f in found] == [
        ("foto.jpg", FileState.READY),
        ("surat.pdf", FileState.READY),
        ("foto.jpg", FileState.READY),
    ]
    assert len({f.stored_name for f in found}) == 3
    assert all(f.follow_up_id is not None and f.report_id == report for f in found)
    page = officer.get(f"/laporan/{report}/").get_data(as_text=True)
    assert "surat.pdf" in page
    picture = officer.get(f"/laporan/{report}/lampiran/{found[0].id}")
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert "attachment" not in picture.headers["Content-Disposition"]
    letter = officer.get(f"/laporan/{report}/lampiran/{found[1].id}")
    assert (letter.data[:5], letter.mimetype) == (b"%PDF-", "application/pdf")
    assert letter.headers["Content-Disposition"].startswith("attachment")
    for answer in (picture, letter):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("form", "name"), [("JPEG", "foto.jpg"), ("PNG", "foto.PNG"), ("WEBP", "foto.webp")])
def test_no_picture_says_where_it_was_taken(
    app: Flask, sign_in: SignIn, report: int, form: str, name: str
) -> None:
    """Case G9: the stored bytes, not the served ones."""
    assert send(sign_in("a"), follow_up_url(report), (photo(form), name), text="Foto.").status_code == 303
    with app.app_context(), storage().open(files(app)[0].stored_name) as stream:
        content = stream.read()
    assert b"Kamera Uji" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.format == form
        assert picture.size == (20, 40)  # set upright before its orientation was forgotten


OFFICE = archive("[Content_Types].xml", "word/document.xml")
ODT = "application/vnd.oasis.opendocument.text"
MADE_WITH_MACROS = archive("mimetype", "Basic/Standard/script.xml", mimetype=ODT.encode())


def locked(content: bytes) -> bytes:
    """The same archive, saying of its first member that it needs a password."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[changed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def packed_oddly(content: bytes) -> bytes:
    """The same archive, saying that its first member is packed in a way that nobody has."""
    changed = bytearray(content)
    changed[8] = changed[changed.index(b"PK\x01\x02") + 10] = 0x77
    return bytes(changed)


def moving(form: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kosong.pdf", b"", "kosong.pdf kosong"),
        ("halaman.html", b"<html>", "tidak dapat diterima"),
        ("gambar.svg", b"<svg/>", "tidak dapat diterima"),
        ("tanpa", PDF, "tidak dapat diterima"),
        ("foto.jpg", b"<html><script>alert(1)</script>", "bukan berkas .jpg"),
        ("foto.jpg", photo("PNG"), "bukan berkas .jpg"),
        ("foto.png", photo("PNG")[:60], "bukan berkas .png"),
        ("surat.pdf", b"<html>", "bukan berkas .pdf"),
        ("surat.pdf", OFFICE, "bukan berkas .pdf"),
        ("surat.docx", PDF, "bukan berkas .docx"),
        ("lembar.xlsx", OFFICE, "bukan berkas .xlsx"),
        ("makro.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "bukan"),
        ("catatan.txt", b"\xff\xfe\x00b", "bukan berkas .txt"),
        ("catatan.txt", b" \n<!DOCTYPE html><script>alert(1)</script>", "bukan berkas .txt"),
        ("data.csv", b"a;b\x1b[31m", "bukan berkas .csv"),
        ("surat.docx", OFFICE[:-8], "bukan berkas .docx"),
        ("surat.docx", b"MZ" + OFFICE, "bukan berkas .docx"),
        ("naskah.odt", MADE_WITH_MACROS, "bukan berkas .odt"),
        ("naskah.odt", locked(archive("mimetype", mimetype=ODT.encode())), "bukan berkas .odt"),
        ("naskah.odt", packed_oddly(archive("mimetype", mimetype=ODT.encode())), "bukan berkas .odt"),
        ("gerak.webp", moving("WEBP"), "Gambar bergerak"),
        ("gerak.png", moving("PNG"), "Gambar bergerak"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_text_stays(
    app: Flask, sign_in: SignIn, report: int, name: str, content: bytes, words: str
) -> None:
    refused = send(sign_in("a"), follow_up_url(report), (content, name), text="Jawaban panjang saya.")
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert words in page
    assert "Jawaban panjang saya." in page
    assert files(app) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("surat.docx", OFFICE),
        ("lembar.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("paparan.pptx", archive("[Content_Types].xml", "ppt/presentation.xml")),
        ("naskah.odt", archive("mimetype", mimetype=b"application/vnd.oasis.opendocument.text")),
        ("data.csv", "nama;jumlah\nñ;3".encode()),
        ("film.mp4", mp4()),
    ],
)
def test_officers_send_what_offices_use(name: str, content: bytes) -> None:
    assert uploads.inspect(name, content, Sender.OFFICER, limit=LIMIT).name == name
    with pytest.raises(Invalid):
        uploads.inspect(name, content, Sender.CITIZEN, limit=LIMIT)


def test_the_limit_is_said_in_megabytes(
    app: Flask, sign_in: SignIn, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case G3."""
    assert uploads.inspect("pas.txt", b"a" * LIMIT, Sender.OFFICER, limit=LIMIT).content
    with pytest.raises(Invalid) as refused:
        uploads.inspect("besar.txt", b"a" * (LIMIT + 1), Sender.OFFICER, limit=LIMIT)
    assert refused.value.errors["files"].params == {"name": "besar.txt", "limit": 10}  # type: ignore[attr-defined]
    monkeypatch.setattr("app.views.attachments.upload_fields.limits", lambda: (200_000, 5))
    answer = send(sign_in("a"), follow_up_url(report), (b"a" * 200_001, "besar.txt"), text="Tulisan saya.")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "besar.txt melebihi batas" in page
    assert "Tulisan saya." in page
    assert files(app) == []


def test_citizens_send_pictures_and_pdf() -> None:
    for name, content in (("foto.jpg", photo()), ("surat.pdf", PDF)):
        assert uploads.inspect(name, content, Sender.CITIZEN, limit=LIMIT).name == name


@pytest.mark.parametrize("side", [7_000, 12_000, 16_000])
def test_a_bomb_is_refused_before_it_is_decoded(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over our limit, over Pillow's warning and over its error: few bytes, many pixels."""
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("it was decoded"))
    with pytest.raises(Invalid) as refused:
        uploads.inspect("bom.png", out.getvalue(), Sender.OFFICER, limit=LIMIT)
    assert "megapiksel" in refused.value.errors["files"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("foto.jpg", "foto.jpg"),
        ("C:\\Dokumen\\surat ñ 日本.pdf", "surat ñ 日本.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\x00\r\nb.pdf", "ab.pdf"),
        ("...", "berkas"),
    ],
)
def test_a_name_is_shown_as_it_came_without_its_path(given: str, kept: str) -> None:
    assert shown_name(given) == kept


def test_a_long_name_keeps_its_extension(app: Flask, sign_in: SignIn, report: int) -> None:
    """Case G4."""
    name = "laporan_ñ_日本_" + "x" * 200 + ".pdf"
    assert send(sign_in("a"), follow_up_url(report), (PDF, name), text="Surat.").status_code == 303
    (file,) = files(app)
    assert len(file.original_name) == NAME_MAX
    assert file.original_name.startswith("laporan_ñ_日本_")
    assert file.original_name.endswith(".pdf")
    assert sign_in("a").get(f"/laporan/{report}/lampiran/{file.id}").status_code == 200


def test_a_refused_form_keeps_what_was_uploaded(app: Flask, sign_in: SignIn, report: int) -> None:
    officer = sign_in("a")
    refused = send(officer, follow_up_url(report), (PDF, "surat.pdf"), (b"<", "x.html"), text="")
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "surat.pdf" in page
    (file,) = files(app)
    assert (file.state, file.stored_name in page) == (FileState.PENDING, True)
    assert officer.get(f"/laporan/{report}/lampiran/{file.id}").status_code == 404
    fields = {**hidden_fields(page), "text": "Sekarang lengkap.", "files_kept": file.stored_name}
    done = officer.client.post(follow_up_url(report), data=fields, content_type="multipart/form-data")
    assert done.status_code == 303
    assert [f.state for f in files(app)] == [FileState.READY]


def test_nobody_takes_what_another_uploaded(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        report, other = play.verified("a1"), play.verified("a1")
    first, second = sign_in("a1"), sign_in("a1b")
    send(first, follow_up_url(report), (PDF, "surat.pdf"), text="")
    (file,) = files(app)
    for person, target in ((second, report), (first, other)):
        page = person.get(follow_up_url(target)).get_data(as_text=True)
        fields = {**hidden_fields(page), "text": "Coba.", "files_kept": file.stored_name}
        person.client.post(follow_up_url(target), data=fields, content_type="multipart/form-data")
        assert files(app)[0].state is FileState.PENDING
    with app.app_context(), pytest.raises(Invalid), play.by("a1b") as (session, actor):
        uploads.claim(session, actor, [file.stored_name], report, datetime.now(UTC))


def test_too_many_are_said(app: Flask, sign_in: SignIn, report: int) -> None:
    many = [(PDF, f"surat{number}.pdf") for number in range(6)]
    refused = send(sign_in("a"), follow_up_url(report), *many, text="Banyak.")
    assert refused.status_code == 422
    assert len(files(app)) == 5
    assert "Paling banyak 5 lampiran" in refused.get_data(as_text=True)


def test_a_file_is_seen_by_whoever_sees_its_report(app: Flask, sign_in: SignIn, play: Play) -> None:
    """Case C2: own report with a foreign file, and the other way round."""
    with app.app_context():
        mine, foreign = play.verified("a"), play.verified("b")
        file, other = play.attach(mine, by="a"), play.attach(foreign, by="b")
    officer = sign_in("a")
    assert officer.get(f"/laporan/{mine}/lampiran/{file}").data == b"denah"
    assert sign_in("b").get(f"/laporan/{foreign}/lampiran/{other}").status_code == 200
    for address in ((mine, other), (foreign, other), (foreign, file), (mine, 10**12)):
        assert officer.get("/laporan/{}/lampiran/{}".format(*address)).status_code == 404
    assert sign_in(None).get(f"/laporan/{mine}/lampiran/{file}").status_code == 302
    name = files(app)[0].stored_name
    for guess in (f"/static/{name}", f"/static/files/{name}", f"/files/{name}"):
        assert officer.get(guess).status_code == 404


def test_a_hidden_comment_takes_its_files_along(app: Flask, sign_in: SignIn, play: Play, report: int) -> None:
    with app.app_context():
        file = play.attach(report, by="a")
        with transaction() as session:
            session.scalars(select(Comment)).one().hidden_at = datetime.now(UTC)
    officer = sign_in("a")
    assert officer.get(f"/laporan/{report}/lampiran/{file}").status_code == 404
    assert "denah.txt" not in officer.get(f"/laporan/{report}/").get_data(as_text=True)


def test_when_the_storage_fails_the_text_stays(
    app: Flask, sign_in: SignIn, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Folder, _name: str, _content: bytes) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Folder, "put", full)
    refused = send(sign_in("a"), follow_up_url(report), (PDF, "surat.pdf"), text="Tulisan saya.")
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "gagal disimpan" in page
    assert "Tulisan saya." in page
    with app.app_context(), transaction() as session:
        assert session.scalars(select(FollowUp)).all() == []
    assert [f.state for f in files(app)] == [FileState.PENDING]


def test_the_sweeper_takes_what_was_never_sent(app: Flask, sign_in: SignIn, report: int) -> None:
    send(sign_in("a"), follow_up_url(report), (PDF, "lupa.pdf"), text="")
    send(sign_in("a"), follow_up_url(report), (PDF, "kirim.pdf"), text="Terkirim.")
    lost, sent = files(app)
    now = datetime.now(UTC)
    with app.app_context():
        assert sweep_files(now + timedelta(hours=23)) == "deleted 0, failed 0"
        assert sweep_files(now + timedelta(hours=25)) == "deleted 1, failed 0"
        assert sweep_files(now + timedelta(hours=25)) == "deleted 0, failed 0"
        assert [f.state for f in files(app)] == [FileState.GONE, FileState.READY]
        with pytest.raises(FileNotFoundError):
            storage().open(lost.stored_name)
        with storage().open(sent.stored_name) as stream:
            assert stream.read().startswith(b"%PDF-")


def test_the_sweeper_goes_on_after_a_failure(
    app: Flask, sign_in: SignIn, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(sign_in("a"), follow_up_url(report), (PDF, "lupa.pdf"), text="")
    later = datetime.now(UTC) + timedelta(hours=25)

    def broken(_self: Folder, _name: str) -> None:
        raise OSError("away")

    with app.app_context():
        with monkeypatch.context() as patched:
            patched.setattr(Folder, "delete", broken)
            assert sweep_files(later) == "deleted 0, failed 1"
        assert sweep_files(later) == "deleted 1, failed 0"


def uploaded(app: Flask, sign_in: SignIn, report: int) -> tuple[Person, dict[str, Any]]:
    """A file that waits, since its form was refused, and what the form holds to send it again."""
    person = sign_in("a")
    refused = send(person, follow_up_url(report), (PDF, "surat.pdf"), text="")
    assert refused.status_code == 422
    (file,) = files(app)
    return person, {**hidden_fields(refused.get_data(as_text=True)), "files_kept": file.stored_name}


@pytest.mark.parametrize(("hours", "status"), [(TAKEN_HOURS - 1, 303), (TAKEN_HOURS + 1, 422)])
def test_a_form_takes_no_file_that_the_sweeper_may_be_at(
    app: Flask, sign_in: SignIn, report: int, hours: int, status: int
) -> None:
    """Said, and not left out without a word: what was written would seem to have gone with it."""
    person, form = uploaded(app, sign_in, report)
    with app.app_context(), transaction() as session:
        session.execute(update(Attachment).values(created_at=datetime.now(UTC) - timedelta(hours=hours)))
    answer = person.client.post(follow_up_url(report), data={**form, "text": "Terlampir suratnya."})
    assert answer.status_code == status
    if status == 422:
        assert "sudah tidak tersedia" in answer.get_data(as_text=True)
        assert "Terlampir suratnya." in answer.get_data(as_text=True)
        assert TAKEN_HOURS < PENDING_HOURS


def test_a_second_click_with_a_file_is_the_first_one(app: Flask, sign_in: SignIn, report: int) -> None:
    person, form = uploaded(app, sign_in, report)
    answers = [person.client.post(follow_up_url(report), data={**form, "text": "Terlampir."}) for _ in "ab"]
    assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context(), transaction() as session:
        assert len(session.scalars(select(FollowUp)).all()) == 1


def test_refused_forms_do_not_fill_the_disk(
    app: Flask, sign_in: SignIn, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.attachments.uploads.PENDING_MAX", 2)
    person = sign_in("a")
    last = [send(person, follow_up_url(report), (PDF, "surat.pdf"), text="") for _ in range(3)][-1]
    assert "Terlalu banyak lampiran" in last.get_data(as_text=True)
    assert len(files(app)) == 2


def test_the_sweeper_goes_on_over_what_it_cannot_delete(
    app: Flask, sign_in: SignIn, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.schedule.FILES_AT_ONCE", 2)
    for _ in range(5):
        send(sign_in("a"), follow_up_url(report), (PDF, "surat.pdf"), text="")
    stuck = files(app)[0].stored_name
    delete = Folder.delete

    def deletes(self: Folder, name: str) -> None:
        if name == stuck:
            raise OSError
        delete(self, name)

    monkeypatch.setattr(Folder, "delete", deletes)
    with app.app_context():
        said = sweep_files(datetime.now(UTC) + timedelta(hours=PENDING_HOURS + 1))
    assert said == "deleted 4, failed 1"
    assert sorted(file.state for file in files(app)) == sorted([FileState.PENDING, *[FileState.GONE] * 4])
