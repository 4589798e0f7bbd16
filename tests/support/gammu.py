"""gammu's daemon with a folder as its telephone: messages come in and go out as on the air, without hardware."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "app" / "intake" / "gammu_receive.py"
SETTLE = 30  # seconds that the daemon may take for a thing


@dataclass
class Telephone:
    """`folder` holds all of it. `url`, `secret`: where the daemon's script brings what came in."""

    folder: Path
    url: str
    secret: str
    arrived: int = 0
    daemon: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def config(self) -> Path:
        return self.folder / "smsdrc"

    def start(self) -> None:
        for name in ("phone", "in", "out", "sent", "error"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        run = self.folder / "receive.sh"
        run.write_text(
            "#!/bin/sh\n"
            f"export LAPOR_SMS_URL_IN={self.url} LAPOR_SMS_SECRET={self.secret}\n"
            f"export LAPOR_SMS_SPOOL={self.folder}/spool\n"
            f'exec {sys.executable} {SCRIPT} "$@"\n'
        )
        run.chmod(0o755)
        self.config.write_text(
            "[gammu]\nmodel = dummy\nconnection = none\n"
            f"port = {self.folder}/phone\ngammuloc = /dev/null\n\n"
            "[smsd]\nservice = files\nreceivefrequency = 1\nloopsleep = 1\ncommtimeout = 1\n"
            "checksecurity = 0\ncheckbattery = 0\nchecksignal = 0\nchecknetwork = 0\n"
            f"logfile = {self.folder}/log\ninboxpath = {self.folder}/in/\noutboxpath = {self.folder}/out/\n"
            f"sentsmspath = {self.folder}/sent/\nerrorsmspath = {self.folder}/error/\n"
            f"runonreceive = {run}\n"
        )
        self.daemon = subprocess.Popen(
            ["gammu-smsd", "-c", str(self.config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.until((self.folder / "phone" / "sms" / "1").is_dir)

    def stop(self) -> None:
        if self.daemon is not None:
            self.daemon.terminate()
            self.daemon.wait(timeout=SETTLE)

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for what the daemon does by itself."""
        end = time.monotonic() + SETTLE
        while not happened():
            assert time.monotonic() < end, (self.folder / "log").read_text(errors="replace")[-2_000:]
            time.sleep(0.1)

    def arrive(self, number: str, *parts: str) -> None:
        """A message from `number` reaches the telephone, in one part or in several that belong together."""
        self.arrived += 1
        inbox = self.folder / "phone" / "sms" / "1"
        for index, text in enumerate(parts, start=1):
            header = f"050003{self.arrived:02X}{len(parts):02X}{index:02X}"
            lines = [
                "[SMSBackup000]",
                'SMSC = "+62811000000"',
                "SMSCFormat = Default",
                "SMSCValidity = Max",
                f"Sent = {datetime.now().astimezone():%Y%m%dT%H%M%S}",
                "State = UnRead",
                f'Number = "{number}"',
                'Name = ""',
                *([f"UDH = {header}"] if len(parts) > 1 else []),
                f"Text00 = {text.encode('utf-16-be').hex().upper()}",
                "Coding = Default_No_Compression",
                "Folder = 1",
                f"Length = {len(text)}",
                "Class = -1",
                "ReplySMSC = False",
                "RejectDuplicates = False",
                f"MessageReference = {self.arrived}",
            ]
            made = self.folder / f"made-{self.arrived}-{index}"
            made.write_text("\n".join(lines) + "\n")
            made.rename(inbox / str(self.arrived * 10 + index))

    def sent(self) -> list[str]:
        """The texts of what went out over the air, oldest first."""
        found = []
        for path in sorted((self.folder / "sent").iterdir(), key=lambda path: path.stat().st_mtime):
            words = [
                line.split(" = ", 1)[1]
                for line in path.read_text().splitlines()
                if line.startswith("Text") and " = " in line
            ]
            found.append("".join(bytes.fromhex(word).decode("utf-16-be") for word in words))
        return found
