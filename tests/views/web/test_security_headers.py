"""What every answer carries, so that a page that slipped through does the least harm."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.views.web.layout import HEADERS
from tests.support.manage import AGENCIES, USERS, SignIn
from tests.support.world import World

pytestmark = pytest.mark.pages

PUBLIC = ("/", "/login/", "/tidak-ada", "/healthz")
PRIVATE = ("/akun/", AGENCIES, f"{AGENCIES}tambah", USERS, f"{USERS}999999/", "/laporan/kelola/")


@pytest.mark.parametrize("name", [None, "a", "pusat", "warga"])
def test_every_answer_carries_the_headers(app: Flask, sign_in: SignIn, name: str | None) -> None:
    person = sign_in(name)
    for page in (*PUBLIC, *PRIVATE):
        answer = person.get(page)
        for header, value in HEADERS.items():
            assert answer.headers[header] == value, (page, header)
        policy = answer.headers["Content-Security-Policy"]
        for part in (
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ):
            assert part in policy, (page, part)
        scripts = re.search(r"script-src ([^;]+)", policy)
        assert scripts is not None
        assert "unsafe" not in scripts[1]
        assert "http" not in policy


def test_the_nonce_is_new_for_each_answer_and_on_each_script(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    a, seen = sign_in("a"), set()
    for page in ("/", "/akun/", AGENCIES, f"{AGENCIES}{world.a1}/ubah", USERS, f"{USERS}tambah"):
        answer = a.get(page)
        assert answer.status_code == 200, page
        nonce = re.search(r"'nonce-([\w-]{20,})'", answer.headers["Content-Security-Policy"])
        assert nonce is not None
        seen.add(nonce[1])
        html = answer.get_data(as_text=True)
        for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL):
            if body.strip():
                assert f'nonce="{nonce[1]}"' in attributes, (page, attributes)
            else:
                assert re.search(r'src="/static/', attributes), (page, attributes)
        # Nothing runs from an attribute: the policy would stop it, and the button would do nothing.
        assert not re.search(r"<[^>]+\son\w+\s*=", html), page
        assert "javascript:" not in html, page
    assert len(seen) == 6


def test_pages_of_an_account_stay_in_no_cache(app: Flask, sign_in: SignIn) -> None:
    for page in ("/akun/", AGENCIES, USERS, "/", "/tidak-ada"):
        assert sign_in("a").get(page).headers["Cache-Control"] == "no-store", page
    assert "no-store" in sign_in(None).get("/login/").headers["Cache-Control"]


def test_the_session_cookie_is_for_this_site_and_no_script(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    cookie = visitor.get("/login/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert app.config["SESSION_COOKIE_SECURE"] is app.config["LAPOR"].secure_cookies


def test_the_token_is_asked_before_the_framework_sees_a_request(app: Flask) -> None:
    """CSRFProtect stands before AppBuilder's and the gate's hooks, so that no view forgets it."""
    hooks = [f"{hook.__module__}.{hook.__qualname__}" for hook in app.before_request_funcs[None]]
    protect = next(place for place, name in enumerate(hooks) if "csrf" in name)
    for other in ("flask_appbuilder", "app.views.gate"):
        place = next(place for place, name in enumerate(hooks) if name.startswith(other))
        assert protect < place, hooks


# Pages that a secret opens send no referrer, which Flask-WTF's first look wants over https. Their doors
# (app/views/web/doors.py) check the form's token: tests/attacks/test_17_tokens_in_addresses.py sends none.
CHECKED_BY_THEIR_DOORS = {
    "app.views.citizens.codes.show",
    *(f"app.views.citizens.secret_link.{name}" for name in ("act", "end", "enter", "file", "renew", "show")),
    *(
        f"app.views.accounts.mailed_links.{name}"
        for name in (
            "confirm_email",
            "enter_email",
            "enter_invitation",
            "enter_password",
            "enter_second_step",
            "enter_undo",
            "invitation",
            "recover",
            "set_password",
            "undo",
        )
    ),
}
# Called by machines: signed, or with a key of their own. No session of a browser could be abused.
MACHINES = {
    "app.views.channels.sms_gateway.take",
    "app.views.channels.open311.file",
    "app.views.channels.oauth.tokens.token",
    "app.views.channels.oauth.tokens.revoke",
}


def test_no_view_is_exempt_from_the_token(app: Flask) -> None:
    csrf = app.extensions["csrf"]
    assert csrf._exempt_views == CHECKED_BY_THEIR_DOORS | MACHINES
    assert {each.name for each in csrf._exempt_blueprints} == {"api"}, (
        "the API, which believes no cookie (tests/api)"
    )
    assert app.config["WTF_CSRF_ENABLED"] is True
    assert app.config["WTF_CSRF_CHECK_DEFAULT"] is True


def test_errors_show_no_more_than_they_must(app: Flask, sign_in: SignIn) -> None:
    for page, status in (("/tidak-ada", 404), (f"{AGENCIES}?page_AgencyView=x", 400), ("/logout/", 405)):
        answer = sign_in("a").get(page)
        assert answer.status_code == status
        shown = answer.get_data(as_text=True)
        for word in ("Traceback", "werkzeug", "flask", "sqlalchemy", "site-packages"):
            assert word not in shown.lower().replace("flask-appbuilder", ""), (page, word)
