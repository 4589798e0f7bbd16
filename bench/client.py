"""A client that costs little: prepared requests over plain sockets, the answer read to its end."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter

CLIENTS = 2  # enough to keep one worker busy


@dataclass(frozen=True)
class Page:
    port: int
    path: str
    cookie: str = ""

    @property
    def request(self) -> bytes:
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}Connection: close\r\n\r\n".encode()

    def fetch(self) -> bytes:
        """The whole answer. Raises RuntimeError for any other status than 200."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=120) as connection:
            connection.sendall(self.request)
            parts = []
            while part := connection.recv(65_536):
                parts.append(part)
        answer = b"".join(parts)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{self.path}: {answer[:200]!r}")
        return answer

    def rate(self, requests: int) -> float:
        """Pages a second, asked for by CLIENTS at once."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            started = perf_counter()
            for _ in pool.map(lambda _: self.fetch(), range(requests)):
                pass
            return requests / (perf_counter() - started)
