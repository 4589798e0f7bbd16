"""The front page and signing in, by Flask-Testing's assertions about templates and contexts."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from flask_testing import TestCase

from app import create_app
from tests.support.databases import renew, settings_for, url_of
from tests.support.http import hidden_fields
from tests.support.world import PASSWORD


class FrontPageTest(TestCase):
    """A visitor at the door. One request a test: the test's own context would be shared by more."""

    def create_app(self) -> Flask:
        shared = Path(os.environ["LAPOR_TEST_DIR"])
        name = f"front_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        renew(shared, "sqlite", name)
        return create_app(settings_for(url_of(shared, "sqlite", name), shared / name))

    def tearDown(self) -> None:
        self.app.extensions["sqlalchemy"].engine.dispose()

    def test_the_front_page_says_what_this_is(self) -> None:
        answer = self.client.get("/")
        self.assert200(answer)
        self.assertTemplateUsed("lapor/citizens/front.html")
        page = answer.get_data(as_text=True)
        for words in (
            "Layanan Aspirasi dan Pengaduan Online Rakyat",
            "Sampaikan laporan Anda langsung kepada instansi pemerintah berwenang",
            "MASUK",
        ):
            self.assertIn(words, page)
        self.assertIsNone(self.get_context_variable("actor"))

    def test_a_wrong_password_is_told_and_the_name_is_kept(self) -> None:
        fields = hidden_fields(self.client.get("/login/").get_data(as_text=True))
        answer = self.client.post(
            "/login/", data={**fields, "username": "a@contoh.example.com", "password": "salah"}
        )
        self.assert401(answer)
        self.assertTemplateUsed("lapor/accounts/login.html")
        page = answer.get_data(as_text=True)
        self.assertIn("tidak cocok", page)
        self.assertIn("a@contoh.example.com", page)
        self.assertNotIn('salah"', page)

    def test_an_officer_lands_at_the_desk(self) -> None:
        fields = hidden_fields(self.client.get("/login/").get_data(as_text=True))
        answer = self.client.post("/login/", data={**fields, "username": " AKUN-A ", "password": PASSWORD})
        self.assertStatus(answer, 302)
        self.assertEqual(answer.location, "/laporan/kelola/")

    def test_an_absent_page_says_so(self) -> None:
        self.assert404(self.client.get("/tidak-ada"))
        self.assertTemplateUsed("lapor/web/error.html")

    def test_the_application_is_healthy(self) -> None:
        answer = self.client.get("/healthz")
        self.assert200(answer)
        self.assertEqual(answer.json, {"status": "ok"})
