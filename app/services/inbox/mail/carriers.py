"""How messages leave: to an SMTP server, or as files into a folder where there is none."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Protocol

from app.services.inbox.mail.letter import Envelope

PERMANENT = 500  # SMTP answers from here on are final


class SendFailed(Exception):
    """kind: the failure without a word of the message or its reader. permanent: trying again is no use.

    reached: whether the server was there; if not, the next message need not be tried either.
    """

    def __init__(self, kind: str, *, permanent: bool = False, reached: bool = True) -> None:
        super().__init__(kind)
        self.kind, self.permanent, self.reached = kind, permanent, reached


class Carrier(Protocol):
    def send(self, envelope: Envelope) -> None:
        """Hand the message over. Raises SendFailed."""


@dataclass(frozen=True)
class SmtpCarrier:
    """tls: "starttls", "tls" from the first byte, or "none". timeout: seconds for each answer."""

    host: str
    port: int
    sender: str
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: int = 20
    hello: str = "localhost"

    def send(self, envelope: Envelope) -> None:
        """Raises SendFailed: permanent when the server refuses this recipient or message for good."""
        server = self._reach()
        try:
            self._hand_over(server, envelope)
        finally:
            # The message is taken or not by now: a quarrel over the farewell changes nothing.
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _reach(self) -> smtplib.SMTP:
        """A connection, encrypted and signed in as the settings say."""
        server: smtplib.SMTP | None = None
        try:
            if self.tls == "tls":
                server = smtplib.SMTP_SSL(
                    self.host,
                    self.port,
                    local_hostname=self.hello,
                    timeout=self.timeout,
                    context=ssl.create_default_context(),
                )
            else:
                server = smtplib.SMTP(self.host, self.port, local_hostname=self.hello, timeout=self.timeout)
            if self.tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
        except (OSError, smtplib.SMTPException) as error:
            if server is not None:
                server.close()
            raise SendFailed(_kind(error), reached=False) from None
        return server

    def _hand_over(self, server: smtplib.SMTP, envelope: Envelope) -> None:
        try:
            server.send_message(envelope.message, self.sender, [envelope.address])
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise SendFailed(f"{type(error).__name__} {code}", permanent=code >= PERMANENT) from None
        except smtplib.SMTPDataError as error:
            raise SendFailed(_kind(error), permanent=error.smtp_code >= PERMANENT) from None
        except (OSError, smtplib.SMTPException) as error:
            # A sender that is refused is a wrong setting: it waits until that is mended.
            raise SendFailed(_kind(error)) from None


def _kind(error: Exception) -> str:
    """The kind of an error and its number: what the server said could name a person."""
    number = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {number}" if number else type(error).__name__


@dataclass(frozen=True)
class FolderCarrier:
    """Each message becomes <number>.eml; one that is sent again replaces itself."""

    folder: Path

    def send(self, envelope: Envelope) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part = self.folder / f"{envelope.number}.part"
            part.write_bytes(envelope.message.as_bytes())
            part.replace(self.folder / f"{envelope.number}.eml")
        except OSError as error:
            raise SendFailed(_kind(error), reached=False) from None

    def letters(self, limit: int) -> Iterator[tuple[int, EmailMessage]]:
        """The newest messages with their numbers."""
        numbers = sorted((int(path.stem) for path in self.folder.glob("*.eml")), reverse=True)
        for number in numbers[:limit]:
            found = self.read(number)
            if found is not None:
                yield number, found

    def read(self, number: int) -> EmailMessage | None:
        path = self.folder / f"{number}.eml"
        if not path.is_file():
            return None
        parsed = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed
