"""How text messages leave: by gammu's daemon, by a provider's HTTP address, or as files where there is neither."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.rules.channels.signing import SIGNATURE_HEADER, TIME_HEADER, signature
from app.services.inbox.mail.carriers import SendFailed
from app.services.inbox.sms_text import TextMessage

FINAL = range(400, 500)  # HTTP answers that say the message itself is wrong
BUSY = frozenset({408, 425, 429})  # among them those that pass


class SmsCarrier(Protocol):
    def send(self, message: TextMessage) -> None:
        """Hand the message over. Raises SendFailed."""


@dataclass(frozen=True)
class SmsFolder:
    """Each message becomes <number>.json; one that is sent again replaces itself."""

    folder: Path

    def send(self, message: TextMessage) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part = self.folder / f"{message.number}.part"
            part.write_text(json.dumps({"to": message.phone, "text": message.text}), encoding="utf-8")
            part.replace(self.folder / f"{message.number}.json")
        except OSError as error:
            raise SendFailed(type(error).__name__, reached=False) from None


@dataclass(frozen=True)
class Gammu:
    """config: the daemon's own configuration file; its tool puts the message into the daemon's queue."""

    config: str
    program: str = "gammu-smsd-inject"
    timeout: int = 20

    def send(self, message: TextMessage) -> None:
        # The text goes in on standard input: arguments are seen by everybody on the machine.
        try:
            done = subprocess.run(  # noqa: S603 - a program of the settings, no shell
                [self.program, "-c", self.config, "TEXT", message.phone, "-autolen", str(len(message.text))],
                input=message.text.encode(),
                capture_output=True,
                timeout=self.timeout,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SendFailed(type(error).__name__, reached=False) from None
        if done.returncode:
            raise SendFailed(f"gammu-smsd-inject {done.returncode}", reached=False)


@dataclass(frozen=True)
class HttpGateway:
    """A provider: {"id", "to", "text"} as JSON, signed as what comes in is. `id` stays the same over tries."""

    url: str
    secret: str = field(repr=False)
    timeout: int = 20

    def send(self, message: TextMessage) -> None:
        body = json.dumps(
            {"id": f"lapor-{message.number}", "to": message.phone, "text": message.text}
        ).encode()
        at, signed = signature(self.secret, body)
        request = urllib.request.Request(  # noqa: S310 - the address is a setting, https in production
            self.url,
            data=body,
            method="POST",
            headers={"Content-Type": "application/json", TIME_HEADER: at, SIGNATURE_HEADER: signed},
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout):  # noqa: S310
                pass
        except urllib.error.HTTPError as error:
            final = error.code in FINAL and error.code not in BUSY
            raise SendFailed(f"HTTP {error.code}", permanent=final) from None
        except (OSError, urllib.error.URLError) as error:
            raise SendFailed(type(error).__name__, reached=False) from None
