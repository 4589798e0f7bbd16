"""Letters, their envelopes, and a real SMTP server that takes, refuses, and hangs up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from aiosmtpd.smtp import Envelope as Taken
from flask import Flask

from app.services.inbox.mail.carriers import FolderCarrier, SendFailed, SmtpCarrier
from app.services.inbox.mail.letter import Envelope, Site, envelope, one_line, write
from tests.support.mail import Bag, deliver, queue_trial, row, text_of
from tests.support.world import World

NOW = datetime(2026, 8, 14, 3, tzinfo=UTC)
SITE = Site("https://lapor.example.com", "lapor@example.com", "LAPOR!", "secret")


def written(name: str = "Siti Aminah", address: str = "siti@contoh.example.com") -> Envelope:
    return envelope(write("trial", name, address, "Surat uji LAPOR!", SITE), SITE, 3, "once", NOW)


def parsed(content: bytes) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(content, policy=default))


class Post:
    """What the server does with a message; `mode` names how it misbehaves."""

    def __init__(self) -> None:
        self.mode = "take"
        self.taken: list[bytes] = []

    async def handle_RCPT(
        self, _server: SMTP, _session: object, taken: Taken, address: str, _options: list[str]
    ) -> str:
        refused = {"refuse": "550 no such user <siti@contoh.example.com>", "later": "450 try again later"}
        if self.mode not in refused:
            taken.rcpt_tos.append(address)
        return refused.get(self.mode, "250 OK")

    async def handle_MAIL(
        self, _server: SMTP, _session: object, taken: Taken, address: str, _options: list[str]
    ) -> str:
        if self.mode == "sender":
            return "553 not you"
        taken.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: object, taken: Taken) -> str:
        self.taken.append(cast("bytes", taken.content))
        if self.mode == "hang up":
            cast("Any", server).transport.close()
        if self.mode == "slow":
            await asyncio.sleep(4)
        return {"full": "452 no room", "spam": "554 refused"}.get(self.mode, "250 OK")


def allowed(_server: object, _session: object, _envelope: object, _how: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"lapor", b"rahasia")
    return AuthResult(success=right, handled=False)


class AnyPort(Controller):
    """Listens where the system has room."""

    def _trigger_server(self) -> None:
        self.port = cast("Any", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def post() -> Iterator[tuple[Post, SmtpCarrier]]:
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    handler = Post()
    controller = AnyPort(
        handler, hostname="127.0.0.1", port=0, authenticator=allowed, auth_require_tls=False, ready_timeout=20
    )
    controller.start()
    yield handler, SmtpCarrier("127.0.0.1", controller.port, "lapor@example.com", tls="none", timeout=2)
    controller.stop()


def test_a_letter_arrives_as_text_and_html_from_the_site(post: tuple[Post, SmtpCarrier]) -> None:
    server, carrier = post
    carrier.send(written(name="Siti Ñuñez"))
    message = parsed(server.taken[0])
    assert message["From"] == "LAPOR! <lapor@example.com>"
    assert message["To"].addresses[0].display_name == "Siti Ñuñez"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["Message-ID"].endswith("@lapor.example.com>")
    for kind in ("plain", "html"):
        body = cast("EmailMessage", message.get_body((kind,)))  # type: ignore[arg-type]
        assert "Siti Ñuñez" in body.get_content()
        assert "https://lapor.example.com" in body.get_content()


@pytest.mark.parametrize(
    ("mode", "kind", "permanent"),
    [
        ("refuse", "SMTPRecipientsRefused 550", True),
        ("later", "SMTPRecipientsRefused 450", False),
        ("sender", "SMTPSenderRefused 553", False),  # a wrong setting, not a wrong address
        ("full", "SMTPDataError 452", False),
        ("spam", "SMTPDataError 554", True),
        ("hang up", "SMTPServerDisconnected", False),
        ("slow", "SMTPServerDisconnected", False),
    ],
)
def test_what_the_server_refuses_is_told_by_its_kind(
    post: tuple[Post, SmtpCarrier], mode: str, kind: str, permanent: bool
) -> None:
    server, carrier = post
    server.mode = mode
    with pytest.raises(SendFailed) as failed:
        carrier.send(written())
    assert (failed.value.kind, failed.value.permanent, failed.value.reached) == (kind, permanent, True)


def test_a_server_that_is_not_there_is_said() -> None:
    closed = SmtpCarrier("127.0.0.1", 9, "lapor@example.com", tls="none", timeout=1)
    with pytest.raises(SendFailed) as failed:
        closed.send(written())
    assert (failed.value.permanent, failed.value.reached) == (False, False)


def test_without_the_encryption_that_is_asked_for_nothing_is_sent(post: tuple[Post, SmtpCarrier]) -> None:
    server, carrier = post
    for tls in ("starttls", "tls"):
        with pytest.raises(SendFailed) as failed:
            SmtpCarrier("127.0.0.1", carrier.port, "lapor@example.com", tls=tls, timeout=1).send(written())
        assert not failed.value.reached
    assert server.taken == []


def test_the_server_is_told_who_sends_and_its_password_is_shown_nowhere(
    post: tuple[Post, SmtpCarrier],
) -> None:
    server, carrier = post
    wrong, right = (
        SmtpCarrier("127.0.0.1", carrier.port, "lapor@example.com", tls="none", user="lapor", password=word)
        for word in ("salah", "rahasia")
    )
    assert "rahasia" not in repr(right)
    with pytest.raises(SendFailed, match="SMTPAuthenticationError 535"):
        wrong.send(written())
    assert server.taken == []
    right.send(written())
    assert len(server.taken) == 1


def test_hung_up_before_the_answer_it_comes_again_with_the_same_name(
    app: Flask, world: World, post: tuple[Post, SmtpCarrier]
) -> None:
    """The server took the message and never said so: the reader's program sees that it is the same one."""
    server, carrier = post
    key = queue_trial(app, NOW)
    server.mode = "hang up"
    deliver(app, Bag(before=carrier.send), NOW)
    assert row(app, key).last_error == "SMTPServerDisconnected"
    server.mode = "take"
    deliver(app, Bag(before=carrier.send), row(app, key).available_at)
    assert row(app, key).sent_at is not None
    names = [parsed(content)["Message-ID"] for content in server.taken]
    assert len(names) == 2
    assert len(set(names)) == 1


EVIL = "Siti\r\nBcc: semua@contoh.example.com\r\n\r\nHalo\x00\u2028<b>"


def test_a_name_begins_no_header_of_its_own() -> None:
    raw = written(name=EVIL).message.as_bytes()
    message = parsed(raw)
    assert message["Bcc"] is None
    assert b"\nBcc:" not in raw.partition(b"\r\n\r\n")[0]
    assert [each.addr_spec for each in message["To"].addresses] == ["siti@contoh.example.com"]
    assert one_line(EVIL) == "Siti Bcc: semua@contoh.example.com Halo <b>"


def test_a_name_is_no_markup_in_the_html() -> None:
    html = write("trial", "<script>alert(1)</script>", "x@example.com", "Uji", SITE).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_every_letter_has_both_forms_and_absolute_links_alone() -> None:
    folder = Path(__file__).parents[3] / "app" / "templates" / "mail"
    names = {path.stem for path in folder.iterdir()}
    assert (
        names == {path.stem for path in folder.glob("*.txt")} == {path.stem for path in folder.glob("*.html")}
    )
    for path in folder.glob("*.html"):
        for part in path.read_text().split('href="')[1:]:
            assert part.startswith(("{{ site.url }}", "{{ link }}")), (path.name, part[:40])


def test_the_folder_keeps_one_file_for_a_message_that_comes_twice(tmp_path: Path) -> None:
    folder = FolderCarrier(tmp_path / "mail")
    folder.send(written())
    folder.send(written())
    found = dict(folder.letters(10))
    assert found.keys() == {3}
    assert "sampai" in text_of(found[3])
    assert folder.read(4) is None
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(SendFailed, match=r"NotADirectoryError|FileExistsError"):
        FolderCarrier(blocked).send(written())
