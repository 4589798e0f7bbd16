"""ClamAV's daemon for tests: with one signature of our own, at a socket and at a port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.cluster import NOBODY

PROGRAM = "/usr/sbin/clamd"
SIGNATURE = b"LAPOR-PERIKSA-PEMINDAI-7c1f0a"  # what the daemon takes for a virus
STREAM_MAX = 2  # megabytes that it looks at
SECONDS = 60


@dataclass(frozen=True)
class Daemon:
    socket: str
    port: str


@contextmanager
def clamd(folder: Path) -> Iterator[Daemon]:
    """The daemon, until the end of the block; `folder` is new, and others may pass through those above it."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    signatures, at = folder / "signatures", folder / "socket"
    signatures.mkdir(parents=True)
    (signatures / "own.ndb").write_text(f"Lapor.Test:0:*:{SIGNATURE.hex()}\n", encoding="ascii")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {at}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"Foreground yes\nStreamMaxLength {STREAM_MAX}M\nTemporaryDirectory {folder}\n",
        encoding="ascii",
    )
    # Not as root, which Debian's would change to a user that owns none of this.
    as_nobody: list[str] = []
    if os.getuid() == 0:
        for path in (folder, signatures, *folder.iterdir(), *signatures.iterdir()):
            os.chown(path, NOBODY, NOBODY)
        as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([*as_nobody, PROGRAM, "-c", str(settings)], stdout=log, stderr=log) as running,
    ):
        try:
            _wait(str(at), running)
            yield Daemon(str(at), f"127.0.0.1:{port}")
        finally:
            running.terminate()


def _wait(at: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and running.poll() is None:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as daemon:
            daemon.settimeout(1)
            daemon.connect(at)
            daemon.sendall(b"zPING\0")
            if daemon.recv(16) == b"PONG\0":
                return
        time.sleep(0.1)
    raise RuntimeError("clamd did not start")
