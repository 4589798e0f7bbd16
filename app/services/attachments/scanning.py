"""The virus scanner: ClamAV's daemon, asked by its own protocol (INSTREAM).

The clients in the package index are not kept any more, and the protocol is a page long: a command, the
file in pieces with their lengths, and one line back.
"""

from __future__ import annotations

import socket
import struct
import time
from enum import StrEnum

CONNECT_SECONDS = 2.0
FORM_SECONDS = 10.0  # while somebody waits for their form
JOB_SECONDS = 60.0
PIECE = 64 * 1024
ANSWER_MAX = 4_096


class ScanVerdict(StrEnum):
    CLEAN = "clean"
    FOUND = "found"
    TOO_LARGE = "too_large"  # more than the daemon is set to look at: nobody can say


class Unreachable(Exception):
    """No answer, or not in time, or none that says anything of the file."""


def scan(address: str, content: bytes, *, seconds: float) -> ScanVerdict:
    """What the daemon at `address` ("host:port", or the path of its socket) says of `content`.

    Raises Unreachable after `seconds` at most.
    """
    until = time.monotonic() + seconds
    try:
        with _connected(address, min(CONNECT_SECONDS, seconds)) as daemon:
            return _verdict(_ask(daemon, content, until))
    except (OSError, ValueError) as error:
        raise Unreachable(type(error).__name__) from error


def parts(address: str) -> tuple[str, int] | str:
    """Host and port, or the path of a socket. Raises ValueError for what is neither."""
    if address.startswith("/"):
        return address
    host, colon, port = address.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdecimal():
        raise ValueError("neither host:port nor the path of a socket")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _connected(address: str, seconds: float) -> socket.socket:
    where = parts(address)
    if isinstance(where, tuple):
        return socket.create_connection(where, timeout=seconds)
    daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    daemon.settimeout(seconds)
    try:
        daemon.connect(where)
    except OSError:
        daemon.close()
        raise
    return daemon


def _ask(daemon: socket.socket, content: bytes, until: float) -> bytes:
    sent = b"zINSTREAM\0"
    try:
        _send(daemon, sent, until)
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            _send(daemon, struct.pack(">I", len(piece)) + piece, until)
        _send(daemon, struct.pack(">I", 0), until)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough, and says why
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < ANSWER_MAX:
        daemon.settimeout(_left(until))
        more = daemon.recv(ANSWER_MAX)
        if not more:
            break
        answer += more
    return answer


def _send(daemon: socket.socket, data: bytes, until: float) -> None:
    daemon.settimeout(_left(until))
    daemon.sendall(data)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _verdict(answer: bytes) -> ScanVerdict:
    said = answer.rstrip(b"\0\n")
    if said.endswith(b" FOUND"):
        return ScanVerdict.FOUND
    if said.endswith(b": OK"):
        return ScanVerdict.CLEAN
    if b"size limit exceeded" in said:
        return ScanVerdict.TOO_LARGE
    raise Unreachable("no verdict")
