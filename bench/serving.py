"""gunicorn with one worker for each thing that is measured, on a port of the loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.databases import ROOT

START_SECONDS = 120


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def worker_memory(self) -> float:
        """MiB that the worker holds (resident)."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        status = Path(f"/proc/{children[0]}/status").read_text().splitlines()
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    target: str,
    environment: Mapping[str, str],
    *,
    folder: Path = ROOT,
    python: Path | str = sys.executable,
    log: Path | None = None,
) -> Iterator[Server]:
    """`target`: module:factory() as gunicorn takes it."""
    port = free_port()
    output = log.open("ab") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        [
            str(python),
            "-m",
            "gunicorn",
            "--workers",
            "1",
            "--bind",
            f"127.0.0.1:{port}",
            "--timeout",
            "300",
            target,
        ],
        cwd=folder,
        env=dict(environment),
        stdout=output,
        stderr=output,
    )
    try:
        _wait(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server did not start; see its log")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")
