"""Nobody is named by the files that they send: not by a file's name, nor by what lies within it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select

from app.access.reports.history import history
from app.extensions import db, transaction
from app.models import Attachment
from app.rules.attachments.files import TYPES, Sender, name_for_others, name_for_sender
from app.rules.channels.api import ClientKind
from app.rules.errors import Invalid
from app.services.attachments import cleaning, uploads
from tests.support import papers
from tests.support.api import give_token, make_client
from tests.support.citizen import open_link, send_report
from tests.support.http import Person, hidden_fields
from tests.support.papers import PLANTED, unpacked
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
LIMIT = 10**7
OWN_NAME = "foto_rumah_Niken_Purnama_081290001111.jpg"
LETTER = "Surat Niken Purnama.pdf"
NAMES = re.compile(r"Niken|Purnama|081290001111")


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


def chosen(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def downloads(page: str) -> list[str]:
    return re.findall(r'href="([^"]*/lampiran/\d+)"', page)


def test_an_anonymous_reporter_is_not_named_by_their_files(app: Flask, sign_in: SignIn, play: Play) -> None:
    """The found attack: the file's name, and a PDF's Author and script, reach the agency."""
    visitor = sign_in(None)
    _token, number = open_link(
        app,
        visitor,
        is_anonymous="y",
        files=[chosen(papers.photo(), OWN_NAME), chosen(papers.planted_pdf(), LETTER)],
    )
    own = visitor.get(f"/lacak/{number}/").get_data(as_text=True)
    assert OWN_NAME in own
    assert LETTER in own
    mine = visitor.get(downloads(own)[0])
    assert OWN_NAME in mine.headers["Content-Disposition"]

    with app.app_context():
        play.verify(number, "a")
    officer = sign_in("a")
    page = officer.get(f"/laporan/{number}/").get_data(as_text=True)
    assert "Lampiran 1.jpg" in page
    assert "Lampiran 2.pdf" in page
    assert not NAMES.search(page)
    for address in downloads(page):
        file = officer.get(address)
        assert file.status_code == 200
        assert re.search(r"filename=\"?Lampiran [12]\.(jpg|pdf)", file.headers["Content-Disposition"])
        assert not NAMES.search(str(file.headers))
        assert PLANTED not in unpacked(file.data)
        if file.mimetype == "application/pdf":
            with pikepdf.open(io.BytesIO(file.data)) as letter:
                assert "/Info" not in letter.trailer
                assert set(letter.Root.keys()) <= {"/Type", "/Pages"}
    for outlet in (f"/laporan/{number}/pdf/", "/unduh/sedang-diproses.csv"):
        answer = officer.get(outlet)
        assert not NAMES.search(answer.get_data().decode(errors="replace"))
    client, _secret = make_client(app, ClientKind.ANDROID)
    told = app.test_client().get(
        f"/api/v1/reports/{number}", headers={"Authorization": f"Bearer {give_token(app, client, 'a')}"}
    )
    assert told.status_code == 200
    assert "Lampiran 1.jpg" in told.get_data(as_text=True)
    assert not NAMES.search(told.get_data(as_text=True))


def test_numbers_go_on_within_a_report(app: Flask, sign_in: SignIn, play: Play) -> None:
    """A reply's files are numbered behind the report's; an officer's file between them has no number."""
    citizen = sign_in("warga")
    sent = send_report(citizen, files=[chosen(papers.photo(), OWN_NAME)])
    number = int(re.search(r"/(\d+)/", sent.location)[1])  # type: ignore[index]
    with app.app_context():
        play.verify(number, "a")
        play.attach(number, by="a", name="denah 081290001111.txt")
        play.answer_with_file(number, by="a")
    page = f"/laporan-saya/{number}/tanggapan/"
    fields = hidden_fields(citizen.get(page).get_data(as_text=True))
    citizen.client.post(
        page,
        data={**fields, "text_or_file": "", "files": [chosen(papers.photo("PNG"), "Niken.png")]},
        content_type="multipart/form-data",
    )
    with app.app_context():
        listed = [file for each in history(db.session(), number) for file in each.files]
        assert [file.name for file in listed] == [
            "Lampiran 1.jpg",
            "denah [disamarkan].txt",
            "denah.txt",
            "Lampiran 2.png",
        ]
        assert [file.for_reporter().name for file in listed][::3] == [OWN_NAME, "Niken.png"]


def test_names_of_files_that_are_there_already(app: Flask, sign_in: SignIn, play: Play) -> None:
    """What is stored keeps its row and its bytes; an erased name leaves the neutral one to everybody."""
    send_report(sign_in("warga"), files=[chosen(papers.photo(), OWN_NAME)])
    with app.app_context(), transaction() as session:
        file = session.scalars(select(Attachment)).one()
        assert (file.original_name, file.number) == (OWN_NAME, 1)
    assert name_for_others(OWN_NAME, 1, "image/jpeg") == "Lampiran 1.jpg"
    assert name_for_sender("", 1, "image/jpeg") == "Lampiran 1.jpg"
    assert name_for_sender(OWN_NAME, 1, "image/jpeg") == OWN_NAME


@pytest.mark.parametrize("extension", TYPES)
def test_every_type_is_cleaned(extension: str) -> None:
    """The walk: each type that is taken has a cleaner, and a planted file of it comes out without what was
    planted. For a new type give cleaning.CLEANERS a cleaner and papers.samples() a file."""
    assert extension in cleaning.CLEANERS
    content = papers.samples()[extension]
    assert extension in ("csv", "txt") or PLANTED in unpacked(content)
    clean = uploads.inspect(f"{papers.SAID}.{extension}", content, Sender.OFFICER, limit=LIMIT).content
    assert PLANTED not in unpacked(clean)
    assert b"GPS" not in clean
    # What was cleaned is taken again: it is a whole file of its type.
    again = uploads.inspect(f"lagi.{extension}", clean, Sender.OFFICER, limit=LIMIT)
    assert again.content_type == TYPES[extension].content_type


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kunci.pdf", papers.locked_pdf(), "terkunci"),
        ("rusak.pdf", papers.plain_pdf()[:-300], "rusak"),
        ("bom.pdf", papers.bomb_pdf(), "terlalu berat"),
        ("lapis.pdf", papers.hidden_layer_pdf(), "lapisan yang tersembunyi"),
        (
            "komentar.docx",
            papers.open_xml("word", "document", **{"word__comments.xml": b"<x/>"}),
            "komentar",
        ),
        (
            "lacak.docx",
            papers.open_xml(
                "word", "document", **{"word__header1.xml": b'<w:ins xmlns:w="u" w:author="N"/>'}
            ),
            "komentar",
        ),
        (
            "benda.xlsx",
            papers.open_xml("xl", "workbook", **{"xl__embeddings__a.docx": b"x"}),
            "berkas lain atau program",
        ),
        (
            "taut.xlsx",
            papers.open_xml("xl", "workbook", **{"xl__externalLinks__externalLink1.xml": b"<x/>"}),
            "mengambil isi dari berkas lain",
        ),
        (
            "templat.docx",
            papers.open_xml(
                "word",
                "document",
                **{
                    "word___rels__settings.xml.rels": b'<r><Relationship Type="t/attachedTemplate"'
                    b' TargetMode="External" Target="file:///C:/Dokumen/x.dotm"/></r>'
                },
            ),
            "mengambil isi dari berkas lain",
        ),
        (
            "gambar.docx",
            papers.open_xml("word", "document", **{"word__media__a.tiff": b"II*"}),
            "gambar yang tidak dapat dibersihkan",
        ),
        ("jejak.mp4", papers.mp4(track=b"meta"), "catatan selain gambar dan suara"),
    ],
)
def test_what_cannot_be_cleaned_is_refused_with_the_reason(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        uploads.inspect(name, content, Sender.OFFICER, limit=LIMIT)
    said = refused.value.errors["files"]
    assert words in str(said)
    assert said.params["name"] == name  # type: ignore[attr-defined]


def test_a_bomb_of_an_office_file_is_ended() -> None:
    """Half a gigabyte in half a megabyte: it is counted, and refused before it is held."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"<Types/>")
        made.writestr("word/document.xml", b"<x>" + bytes(500_000_000))
    with pytest.raises(Invalid) as refused:
        uploads.inspect("bom.docx", out.getvalue(), Sender.OFFICER, limit=LIMIT)
    assert "terlalu berat" in str(refused.value.errors["files"])


def test_a_form_in_a_pdf_stays_to_be_seen() -> None:
    """Flattened: what a field shows becomes part of the page, and nothing can be filled in or run."""
    clean = uploads.inspect("formulir.pdf", papers.planted_pdf(), Sender.CITIZEN, limit=LIMIT).content
    with pikepdf.open(io.BytesIO(clean)) as made:
        (page,) = made.pages
        assert "/Annots" not in page.obj
        assert b"/Fxo1 Do" in b"".join(bytes(part.read_bytes()) for part in page.obj.Contents)
        assert b"(Surat) Tj" in b"".join(bytes(part.read_bytes()) for part in page.obj.Contents)


WORD = b'<w:d xmlns:w="urn:w">%s</w:d>'
OPEN = b'<o:d xmlns:o="urn:o" xmlns:xlink="http://www.w3.org/1999/xlink">%s</o:d>'
BEGUN = b'<w:fldChar w:fldCharType="begin"/>'
FETCHING = {
    "mulai.docx": WORD
    % (BEGUN + b"<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\\\x.exe</w:instrText>"),
    "dalam.docx": WORD
    % (b"<w:instrText>QUOTE </w:instrText>" + BEGUN + b"<w:instrText> INCLUDETEXT x</w:instrText>"),
    "gambar.docx": WORD % b'<w:fldSimple w:instr=" INCLUDEPICTURE http://asal.example.com/x.png"/>',
    "rumus.xlsx": b'<x><f>_xlfn.WEBSERVICE("http://asal.example.com/")</f></x>',
    "mulai.xlsx": b"<x><f>cmd|'/c x'!A0</f></x>",
    "gambar.odt": OPEN % b'<o:image xlink:href="http://asal.example.com/x.png"/>',
    "setempat.odt": OPEN % b'<o:image xlink:href="/etc/hostname"/>',
    "bagian.odt": OPEN % b'<o:section-source xlink:href="../lain.odt"/>',
    "program.odt": OPEN % b'<o:event-listener xlink:href="vnd.sun.star.script:x"/>',
    "klik.odt": OPEN % b'<o:a xlink:href="file:///C:/x.exe">x</o:a>',
    "tabel.ods": OPEN % b'<o:table-source xlink:href="https://asal.example.com/x.ods"/>',
    "rumus.ods": OPEN % b'<o:cell o:formula="of:=DDE(&quot;a&quot;;&quot;b&quot;)"/>',
}
STAYING = {
    "taut.docx": WORD
    % (
        BEGUN
        + b'<w:instrText>HYPERLINK "https://hidden.example.com/link x"</w:instrText>'
        + BEGUN
        + b"<w:instrText>PAGE</w:instrText>"
    ),
    "rumus.xlsx": b"<x><f>SUM(A1:A9)</f></x>",
    "taut.odt": OPEN
    % b'<o:a xlink:href="https://asal.example.com/">x</o:a><o:image xlink:href="Pictures/1.jpg"/>',
    "rumus.ods": OPEN % b'<o:cell o:formula="of:=SUM([.A1:.A9])"/>',
}


def office_file(name: str, part: bytes) -> bytes:
    """A file of that ending whose text is `part`."""
    extension = name.rpartition(".")[2]
    if extension in ("odt", "ods"):
        kind = {"odt": "text", "ods": "spreadsheet"}[extension]
        return papers.archive(
            {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": part}
        )
    folder = {"docx": "word", "xlsx": "xl"}[extension]
    return papers.archive({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": part})


@pytest.mark.parametrize("name", FETCHING)
def test_a_document_fetches_and_starts_nothing_where_it_is_read(name: str) -> None:
    """Whoever sends it would learn when and where it is opened, or start something there."""
    with pytest.raises(Invalid) as refused:
        uploads.inspect(name, office_file(name, FETCHING[name]), Sender.OFFICER, limit=LIMIT)
    assert "mengambil isi dari berkas lain" in str(refused.value.errors["files"])


@pytest.mark.parametrize("name", STAYING)
def test_links_that_a_reader_follows_stay(name: str) -> None:
    content = office_file(name, STAYING[name])
    assert uploads.inspect(name, content, Sender.OFFICER, limit=LIMIT).content
