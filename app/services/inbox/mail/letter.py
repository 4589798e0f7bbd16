"""A letter to one person, and the message that it becomes.

It comes from the site, never from an officer's address (case F11), says that a machine wrote it (case
F4), and has the same Message-ID each time it is tried: a reader's program shows a repeated one once.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

HEADER_MAX = 150  # characters of a name or subject: what people read of it
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[3] / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Site:
    """What a letter knows of the installation.

    url: what its links begin with. sender, sender_name: whom it comes from. secret: makes the tokens
    of links. first_password: "link" or "mail". password_method: how passwords are hashed.
    """

    url: str
    sender: str
    sender_name: str
    secret: str = field(repr=False)
    first_password: str = "link"
    password_method: str = "scrypt"

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "localhost"


@dataclass(frozen=True)
class Letter:
    """What is written to whom: plain text, and the same as HTML."""

    name: str
    address: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Envelope:
    """A message ready to be carried. number: of its outbox row."""

    number: int
    address: str
    message: EmailMessage


def write(template: str, name: str, address: str, subject: str, site: Site, **facts: object) -> Letter:
    """The letter of mail/`template`.txt and .html, to `name` at `address`, filled with `facts`."""
    filled = {"site": site, "name": name, "subject": subject, **facts}
    text, html = (
        TEMPLATES.get_template(f"mail/{template}.{kind}").render(filled).strip() + "\n"
        for kind in ("txt", "html")
    )
    return Letter(name, address, subject, text, html)


def message_id(dedupe_key: str, site: Site) -> str:
    """The same for every try of one occurrence, and telling nothing of it."""
    return f"<{hashlib.sha256(dedupe_key.encode()).hexdigest()[:40]}@{site.host}>"


def envelope(letter: Letter, site: Site, number: int, dedupe_key: str, at: datetime) -> Envelope:
    """The message of `letter`, dated `at`, for the outbox row `number` of the occurrence `once`."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(site.sender_name), addr_spec=site.sender)
    message["To"] = Address(one_line(letter.name), addr_spec=letter.address)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(dedupe_key, site)
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "id"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return Envelope(number, letter.address, message)


def one_line(text: str) -> str:
    """`text` as a header takes it: no line ends or other controls, which could begin a header of their own."""
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(shown.split())[:HEADER_MAX]
