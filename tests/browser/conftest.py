"""A real browser (Debian's Chromium) against the application served in a thread."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from tests.support.world import PASSWORD

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "the browser tests need Chromium: install Debian's package chromium"
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the application, served for real."""
    # Werkzeug's server, since it can be stopped from another thread: waitress has no such call.
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


@dataclass
class Visitor:
    """A person at their own browser."""

    page: Page
    site: str

    def open(self, path: str) -> None:
        self.page.goto(self.site + path)

    def follow(self, link: str, *, script: bool = True) -> None:
        """Open a secret link, whole or from its path on; without a script it is pasted at its entrance."""
        path = urlsplit(link)._replace(scheme="", netloc="").geturl()
        self.open(path)
        if not script:
            self.page.get_by_label("Tautan atau kode").fill(self.site + path)
            self.page.get_by_role("button", name="BUKA").click()

    def sign_in(
        self, name: str, password: str = PASSWORD, *, email: str = "", lands: str = "**/laporan/kelola/**"
    ) -> None:
        """As section 6.2 of the manual says: MASUK at the top right, the popup, e-mail and password."""
        self.open("/")
        self.page.get_by_role("link", name="MASUK").first.click()
        form = self.page.locator("form[action*='/login/']").locator("visible=true")
        form.get_by_label("Email atau username").fill(email or f"{name}@contoh.example.com")
        form.get_by_label("Kata sandi").fill(password)
        form.get_by_role("button", name="MASUK").click()
        self.page.wait_for_url(lands)


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """visit() is a new person; what the browser complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def arrive(*, script: bool = True, size: dict[str, int] | None = None) -> Visitor:
        context = chromium.new_context(
            java_script_enabled=script,
            viewport=size or DESK,  # type: ignore[arg-type]
            locale="id-ID",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        # A refused form (409, 422) is an answer, not a fault of the page.
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error" and "the server responded with a status of 4" not in message.text
                else None
            ),
        )
        return Visitor(page, site)

    yield arrive
    for context in contexts:
        context.close()
    assert complaints == []
