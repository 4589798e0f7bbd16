"""Production: unsafe settings are refused, and gunicorn with a consumer apart serves on PostgreSQL."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.demo import build, scenes
from config import Settings, UnsafeSettings

ROOT = Path(__file__).resolve().parents[1]
SAFE = {
    "LAPOR_PRODUCTION": "1",
    "LAPOR_SECRET_KEY": "k" * 40,
    "LAPOR_DEMO": "0",
    "LAPOR_SECURE_COOKIES": "1",
    "LAPOR_HOSTS": "lapor.example.com,127.0.0.1",
    "LAPOR_BASE_URL": "https://lapor.example.com",
    "LAPOR_SMTP_HOST": "127.0.0.1",
    "LAPOR_MAIL_FROM": "lapor@example.com",
}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"LAPOR_SECRET_KEY": ""}, "LAPOR_SECRET_KEY"),
        ({"LAPOR_SECRET_KEY": "short"}, "LAPOR_SECRET_KEY"),
        ({"LAPOR_DEMO": "1"}, "LAPOR_DEMO"),
        ({"LAPOR_SECURE_COOKIES": "0"}, "LAPOR_SECURE_COOKIES"),
        ({"LAPOR_HOSTS": ""}, "LAPOR_HOSTS"),
        ({"LAPOR_BASE_URL": ""}, "LAPOR_BASE_URL"),
        ({"LAPOR_BASE_URL": "http://lapor.example.com"}, "LAPOR_BASE_URL"),
        ({"LAPOR_BASE_URL": "lapor.example.com"}, "LAPOR_BASE_URL"),
        ({"LAPOR_SMTP_HOST": ""}, "LAPOR_SMTP_HOST"),
        ({"LAPOR_MAIL_FROM": "lapor@localhost"}, "LAPOR_MAIL_FROM"),
        ({"LAPOR_SMTP_TLS": "maybe"}, "LAPOR_SMTP_TLS"),
        ({"LAPOR_FIRST_PASSWORD": "sms"}, "LAPOR_FIRST_PASSWORD"),
        ({"LAPOR_OUTBOX_DAYS": "0"}, "LAPOR_OUTBOX_DAYS"),
    ],
)
def test_production_refuses_what_is_unsafe(change: Mapping[str, str], named: str) -> None:
    assert Settings.from_environment(SAFE).production
    with pytest.raises(UnsafeSettings, match=named):
        Settings.from_environment({**SAFE, **change})


def test_an_unreadable_setting_is_named() -> None:
    with pytest.raises(UnsafeSettings, match="LAPOR_PROXIES"):
        Settings.from_environment({"LAPOR_PROXIES": "many"})
    assert Settings.from_environment({"PORT": "9000"}).port == 9000
    assert Settings.from_environment({"PORT": "9000", "LAPOR_PORT": "9001"}).port == 9001


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers (lower case) and body; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: object) -> None:
            return None

    opener = urllib.request.build_opener(Stay)
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with opener.open(asked, timeout=10) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read().decode()


def wait_for(port: int, process: subprocess.Popen[str], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        try:
            if fetch(port, "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer in time")


def wait_for_handler(pid: int, number: int, seconds: float = 30) -> None:
    """Wait until the process handles the signal: the consumer does so after it has said that it runs."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        caught = int(next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt")), 16)
        if caught >> (number - 1) & 1:
            return
        time.sleep(0.1)
    raise AssertionError(f"signal {number} is not handled in time")


@contextmanager
def running(*command: str, env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[str]]:
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **env}, stdout=output, stderr=subprocess.STDOUT, text=True
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=30)


@pytest.mark.postgresql
def test_gunicorn_and_a_consumer_apart(app: Flask, tmp_path: Path) -> None:
    port = free_port()
    env = {
        **SAFE,
        "LAPOR_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "LAPOR_INSTANCE": str(tmp_path),
        "LAPOR_PROXIES": "1",
    }
    folder = Path(sys.executable).parent
    serve = (str(folder / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "2", "app:create_app()")
    consume = (str(folder / "huey_consumer"), "app.jobs.consumer.queue", "-w", "1")
    with (
        running(*serve, env=env, log=tmp_path / "web.log") as web,
        running(*consume, env=env, log=tmp_path / "jobs.log") as jobs,
    ):
        wait_for(port, web)
        host = {"Host": "lapor.example.com", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        status, headers, page = fetch(port, "/login/", **host)
        assert (status, "MASUK" in page) == (200, True)
        assert "Secure" in headers["set-cookie"]
        assert "HttpOnly" in headers["set-cookie"]
        assert "nonce-" in headers["content-security-policy"]
        status, headers, _ = fetch(port, "/static/lapor/lapor.css", **host)
        assert (status, headers["cache-control"]) == (200, "max-age=86400, public")
        assert fetch(port, "/laporan/kelola/", **host)[0] == 302
        assert fetch(port, "/login/", Host="evil.example.net")[0] == 400
        deadline = time.monotonic() + 30
        while "expire_clocks" not in (tmp_path / "jobs.log").read_text() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert "expire_clocks" in (tmp_path / "jobs.log").read_text()
        wait_for_handler(jobs.pid, signal.SIGTERM)
        jobs.send_signal(signal.SIGINT)
        assert jobs.wait(timeout=30) == 0
        web.send_signal(signal.SIGTERM)
        assert web.wait(timeout=30) == 0


def test_one_command_starts_stops_and_starts_again(tmp_path: Path) -> None:
    """`make run` behind its install: the demo the first time, seconds the second, SIGTERM ends it well."""
    port = free_port()
    env = {"LAPOR_INSTANCE": str(tmp_path / "instance"), "PORT": str(port)}
    for start in ("first", "second"):
        log = tmp_path / f"{start}.log"
        with running(sys.executable, "run.py", env=env, log=log) as process:
            wait_for(port, process, seconds=180)
            assert fetch(port, "/")[0] == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        said = log.read_text()
        assert f"http://127.0.0.1:{port}" in said
        assert "pusat@lapor.example.com" in said
        assert "Traceback" not in said
        assert ("Filling in the demo" in said) == (start == "first"), said
    flask = str(Path(sys.executable).parent / "flask")
    checked = subprocess.run(
        [flask, "lapor", "check-scope"],
        cwd=ROOT,
        env={**os.environ, **env, "FLASK_APP": "app:create_app"},
        capture_output=True,
        text=True,
        check=False,
    )
    number = build.REPORTS + scenes.REPORTS
    assert checked.stdout == f"reports: {number}, differing: 0\n", checked.stdout + checked.stderr
