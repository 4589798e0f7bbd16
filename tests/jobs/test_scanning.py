"""The virus scanner: Debian's daemon with a signature of our own, there, away, slow, and back again."""

from __future__ import annotations

import io
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer
from sqlalchemy import select

from app.extensions import storage, transaction
from app.jobs.scanning import scan_files
from app.models import Attachment, FileState, Report
from app.services.attachments import scanning
from app.services.attachments.scanning import ScanVerdict, Unreachable, parts, scan
from config import Settings, UnsafeSettings
from tests.support import papers
from tests.support.citizen import open_link
from tests.support.clamav import SIGNATURE, STREAM_MAX, Daemon, clamd
from tests.support.http import Person, hidden_fields
from tests.support.mail import letters_to, text_of
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
ADDRESS = "siti@contoh.example.com"
AWAY = "127.0.0.1:9"
BAD = papers.plain_pdf(SIGNATURE.decode())
GOOD = papers.plain_pdf("Surat")


@pytest.fixture(scope="session")
def daemon(shared: Path, worker_id: str) -> Iterator[Daemon]:
    with clamd(shared / f"clamav-{worker_id}") as running:
        yield running


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


@pytest.fixture
def scanner(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """scanner(address): from here on the installation's daemon is said to be there; "" for none."""

    def choose(address: str) -> None:
        monkeypatch.setitem(app.config, "LAPOR", replace(app.config["LAPOR"], clamd=address))

    return choose


@pytest.fixture(params=["local", "s3"])
def stored(request: pytest.FixtureRequest, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files lie in the folder, or in a bucket."""
    if request.param == "local":
        return
    endpoint = request.getfixturevalue("s3")
    bucket = {"s3_endpoint": endpoint, "s3_bucket": "lampiran", "s3_region": "us-east-1"}
    keys = {"s3_key": "kunci", "s3_secret": "rahasia"}
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="kunci",
        aws_secret_access_key="rahasia",
    )
    client.create_bucket(Bucket="lampiran")
    client.close()
    settings = replace(app.config["LAPOR"], storage="s3", **bucket, **keys)
    monkeypatch.setitem(app.config, "LAPOR", settings)
    monkeypatch.delitem(app.extensions, "lapor_storage", raising=False)


@pytest.fixture(autouse=True)
def _storage_of_its_own(app: Flask) -> Iterator[None]:
    yield
    app.extensions.pop("lapor_storage", None)


def files(app: Flask) -> list[tuple[FileState, str]]:
    with app.app_context(), transaction() as session:
        rows = session.scalars(select(Attachment).order_by(Attachment.id))
        return [(row.state, row.stored_name) for row in rows]


def states(app: Flask) -> list[FileState]:
    return [state for state, _name in files(app)]


def work(app: Flask, job: Callable[[datetime], str] = scan_files) -> str:
    with app.app_context():
        return job(datetime.now(UTC))


def follow_up(person: Person, report: int, *contents: bytes) -> int:
    page = f"/laporan/{report}/tindak-lanjut/"
    fields = hidden_fields(person.get(page).get_data(as_text=True))
    chosen = [(io.BytesIO(content), "Surat tugas.pdf") for content in contents]
    answer = person.client.post(
        page, data={**fields, "text": "Terlampir.", "files": chosen}, content_type="multipart/form-data"
    )
    return answer.status_code


def test_the_daemon_is_asked_at_its_socket_and_at_its_port(daemon: Daemon) -> None:
    for address in (daemon.socket, daemon.port):
        assert scan(address, b"Surat", seconds=10) is ScanVerdict.CLEAN
        assert scan(address, bytes(700_000) + SIGNATURE, seconds=10) is ScanVerdict.FOUND
        assert scan(address, BAD, seconds=10) is ScanVerdict.FOUND
        assert scan(address, bytes((STREAM_MAX + 1) * 1024 * 1024), seconds=10) is ScanVerdict.TOO_LARGE


@pytest.mark.parametrize("address", [AWAY, "/tidak/ada", "tidak-ada.invalid", "host:"])
def test_no_daemon_is_told_at_once(address: str) -> None:
    with pytest.raises(Unreachable):
        scan(address, b"Surat", seconds=1)


@pytest.mark.parametrize("answer", [None, b"stream: UNKNOWN COMMAND\0", b""])
def test_a_daemon_that_says_nothing_is_away(answer: bytes | None) -> None:
    """It takes the connection and is silent, or talks of something else: a form waits no longer than said."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        if answer is not None:

            def talk() -> None:
                with server.accept()[0] as line:
                    line.recv(65_536)
                    line.sendall(answer)

            threading.Thread(target=talk, daemon=True).start()
        began = datetime.now(UTC)
        with pytest.raises(Unreachable):
            scan(f"127.0.0.1:{server.getsockname()[1]}", b"Surat", seconds=0.5)
        assert datetime.now(UTC) - began < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("address", "found"),
    [("/run/clamd", "/run/clamd"), ("a.example:3310", ("a.example", 3310)), ("[::1]:3310", ("::1", 3310))],
)
def test_an_address_is_a_host_and_a_port_or_a_socket(address: str, found: object) -> None:
    assert parts(address) == found
    Settings(clamd=address).check()


@pytest.mark.parametrize("address", ["clamd", "a:b", "a b:1", "a:"])
def test_an_address_that_is_none_stops_the_start(address: str) -> None:
    with pytest.raises(UnsafeSettings, match="LAPOR_CLAMD"):
        Settings(clamd=address).check()


def test_a_form_says_what_the_daemon_found(
    app: Flask, sign_in: SignIn, play: Play, daemon: Daemon, scanner: Callable[[str], None]
) -> None:
    scanner(daemon.socket)
    with app.app_context():
        report = play.verified("a")
    officer = sign_in("a")
    assert follow_up(officer, report, BAD) == 422
    assert states(app) == []
    assert follow_up(officer, report, GOOD) == 303
    assert states(app) == [FileState.READY]


def test_without_a_daemon_nothing_waits(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        report = play.verified("a")
    assert follow_up(sign_in("a"), report, BAD) == 303
    assert states(app) == [FileState.READY]


@pytest.mark.usefixtures("stored")
def test_while_the_daemon_is_away_the_file_waits_and_the_report_does_not(
    app: Flask, sign_in: SignIn, play: Play, daemon: Daemon, scanner: Callable[[str], None]
) -> None:
    """Filed, verified and answered meanwhile; then one file is ready, the other deleted, its sender told."""
    scanner(AWAY)
    visitor = sign_in(None)
    names = ((BAD, "Niken.pdf"), (GOOD, "Surat.pdf"))
    token, number = open_link(
        app, visitor, address=ADDRESS, files=[(io.BytesIO(content), name) for content, name in names]
    )
    assert states(app) == [FileState.CHECKING] * 2
    own = visitor.get(f"/lacak/{number}/").get_data(as_text=True)
    assert "Niken.pdf" in own
    assert own.count("sedang diperiksa") == 2
    with app.app_context():
        play.verify(number, "a")
        play.follow_up(number, by="a")
    officer = sign_in("a")
    page = officer.get(f"/laporan/{number}/").get_data(as_text=True)
    assert page.count("sedang diperiksa") == 2
    assert "/lampiran/" not in page
    for key in (1, 2):
        assert officer.get(f"/laporan/{number}/lampiran/{key}").status_code == 404
        assert visitor.get(f"/lacak/{number}/lampiran/{key}").status_code == 404
    assert work(app) == "scanned 0, refused 0, failed 0"
    assert states(app) == [FileState.CHECKING] * 2

    scanner(daemon.port)
    assert work(app) == "scanned 2, refused 1, failed 0"
    assert work(app) == "scanned 0, refused 0, failed 0"
    (bad, bad_name), (good, good_name) = files(app)
    assert (bad, good) == (FileState.REFUSED, FileState.READY)
    with app.app_context():
        with pytest.raises(FileNotFoundError):
            storage().open(bad_name)
        with storage().open(good_name) as stream:
            assert stream.read().startswith(b"%PDF-")
    page = officer.get(f"/laporan/{number}/").get_data(as_text=True)
    assert "Lampiran 1.pdf" in page
    assert "ditolak: berisi program berbahaya" in page
    assert len(re.findall(r'href="[^"]*/lampiran/\d+"', page)) == 1
    letter = next(
        each for each in letters_to(app, ADDRESS) if each["Subject"] == f"Lampiran laporan #{number} ditolak"
    )
    assert "Lampiran 1.pdf pada laporan" in text_of(letter)
    assert f"/lacak/#{token}" in text_of(letter)
    assert "Niken" not in text_of(letter)
    with app.app_context(), transaction() as session:
        assert session.get_one(Report, number).follow_up_count == 1


def test_an_officer_is_told_as_well(
    app: Flask, sign_in: SignIn, play: Play, daemon: Daemon, scanner: Callable[[str], None]
) -> None:
    scanner(AWAY)
    with app.app_context():
        report = play.verified("a")
    officer = sign_in("a")
    assert follow_up(officer, report, BAD) == 303
    scanner(daemon.socket)
    assert work(app) == "scanned 1, refused 1, failed 0"
    (letter,) = [each for each in letters_to(app, "a@contoh.example.com") if "ditolak" in each["Subject"]]
    assert f"/laporan/{report}/" in text_of(letter)


def test_a_crash_after_the_deletion_is_made_good(
    app: Flask,
    sign_in: SignIn,
    play: Play,
    daemon: Daemon,
    scanner: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scanner(AWAY)
    with app.app_context():
        report = play.verified("a")
    follow_up(sign_in("a"), report, BAD)
    scanner(daemon.socket)
    with monkeypatch.context() as patched:
        patched.setattr("app.jobs.scanning.settle_scan", lambda *_args: pytest.fail("stopped"))
        with pytest.raises(pytest.fail.Exception):
            work(app)
    assert states(app) == [FileState.CHECKING]
    assert work(app) == "scanned 1, refused 1, failed 0"
    assert states(app) == [FileState.REFUSED]


def test_a_scanner_that_was_taken_out_leaves_nothing_waiting(
    app: Flask, sign_in: SignIn, play: Play, scanner: Callable[[str], None]
) -> None:
    scanner(AWAY)
    with app.app_context():
        report = play.verified("a")
    follow_up(sign_in("a"), report, GOOD, GOOD)
    assert states(app) == [FileState.CHECKING] * 2
    scanner("")
    assert work(app) == "scanned 2, refused 0, failed 0"
    assert states(app) == [FileState.READY] * 2


def test_a_form_asks_an_absent_daemon_once(
    app: Flask, sign_in: SignIn, play: Play, scanner: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five files are not five times the wait."""
    asked: list[str] = []

    def away(address: str, _content: bytes, *, seconds: float) -> ScanVerdict:
        asked.append(address)
        raise Unreachable("away")

    monkeypatch.setattr(scanning, "scan", away)
    scanner(AWAY)
    with app.app_context():
        report = play.verified("a")
    assert follow_up(sign_in("a"), report, *[GOOD] * 5) == 303
    assert asked == [AWAY]
