"""A copied cookie opens nothing once its session has ended, whatever ended it; what was typed is not lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.datastructures import Headers

from app import create_app
from app.extensions import session_limits, transaction
from app.models import AccountSession, UnsentForm
from app.rules.accounts.roles import Role
from app.services.accounts.credentials import new_password, passwords, sessions
from app.services.secret_hash import hash_of
from app.views.accounts.browsing import TOKEN
from tests.support.accounts import OTHER, change, code_now, path_in, said, try_password, with_authenticator
from tests.support.databases import dispose
from tests.support.http import Person, hidden_fields
from tests.support.mail import letters_to
from tests.support.manage import USERS, SignIn, account_form, look, user_id
from tests.support.play import Play
from tests.support.world import PASSWORD, World

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ACCOUNT, OWN = "/akun/", "/akun/sesi/"
NAME = "a1"


class Copied:
    """The cookies of somebody's browser, as a thief has them: sent as they stood when they were copied."""

    def __init__(self, person: Person) -> None:
        self.app = person.app
        self.name = str(self.app.config["SESSION_COOKIE_NAME"])
        self.value = person.client.get_cookie(self.name).value  # type: ignore[union-attr]

    def opens(self, page: str = ACCOUNT) -> bool:
        client = self.app.test_client(use_cookies=False)
        answer = client.get(page, headers=Headers({"Cookie": f"{self.name}={self.value}"}))
        if answer.status_code == 302:
            assert answer.location.startswith("/login/"), answer.location
            return False
        assert answer.status_code == 200, answer.status_code
        return True


@dataclass
class Scene:
    app: Flask
    sign_in: SignIn
    world: World
    person: Person

    @property
    def key(self) -> int:
        return user_id(self.app, NAME)

    def row(self) -> AccountSession:
        query = select(AccountSession).where(AccountSession.user_id == self.key).order_by(AccountSession.id)
        return look(self.app, lambda session: session.scalars(query).first())  # type: ignore[no-any-return]

    def write(self, do: Callable[..., object]) -> None:
        with self.app.app_context(), transaction() as session:
            do(session)

    def managed(self, what: str, form: dict[str, object] | None = None, by: str = "a") -> None:
        answer = self.sign_in(by).post(f"{USERS}{self.key}/{what}", form)
        assert answer.status_code == 303, answer.get_data(as_text=True)

    def age(self, column: str, by: timedelta) -> None:
        """Let the session's time pass."""
        at = getattr(self.row(), column) - by
        change_all = update(AccountSession).where(AccountSession.user_id == self.key)
        self.write(lambda session: session.execute(change_all.values({column: at})))


def _edited(**more: object) -> dict[str, object]:
    return account_form(username=f"akun-{NAME}", email=f"{NAME}@contoh.example.com", **more)


def _lose_second_step(scene: Scene) -> None:
    """A manager has the owner written to; the owner's link and password take it away."""
    with_authenticator(scene.app, NAME)
    scene.managed("atur-ulang-verifikasi")
    (letter,) = letters_to(scene.app, f"{NAME}@contoh.example.com")
    assert Person(scene.app, None).post(path_in(letter), {"current": PASSWORD}).status_code == 303


def _set_up_second_step(scene: Scene) -> None:
    page = scene.person.get("/akun/verifikasi-dua-langkah/").get_data(as_text=True)
    secret = page.split('authenticator__key">', 1)[1].split("<", 1)[0].replace(" ", "")
    form = {**hidden_fields(page), "code": code_now(pyotp.TOTP(secret)), "current": PASSWORD}
    assert scene.person.client.post("/akun/verifikasi-dua-langkah/", data=form).status_code == 200


def _turn_off_second_step(scene: Scene) -> None:
    with_authenticator(scene.app, NAME)
    done = scene.person.send("/akun/verifikasi-dua-langkah/matikan/", {"current": PASSWORD})
    assert done.status_code == 303


def _new_password(person: Person) -> None:
    form = {"current": PASSWORD, "password": OTHER, "again": OTHER}
    assert person.send("/akun/kata-sandi/", form).status_code == 303


def _by_link(scene: Scene) -> None:
    def do(session: object) -> None:
        account = scene.world.account(session, NAME)  # type: ignore[arg-type]
        new_password.put(session, account, "scrypt:new", datetime.now(UTC))  # type: ignore[arg-type]

    scene.write(do)


def _end_from_another(scene: Scene) -> None:
    mine = scene.row()
    assert scene.sign_in(NAME).post(f"{OWN}{mine.id}/akhiri").status_code == 303


def _signs_in_once_more(scene: Scene) -> None:
    """At the same browser: the session that it had ends."""
    client = scene.person.client
    with client.session_transaction() as cookie:
        cookie.pop("_user_id")
    visitor = Person(scene.app, None)
    visitor.client = client
    assert try_password(visitor, f"akun-{NAME}", PASSWORD).status_code == 302


# What ends sessions. A new event belongs here.
ENDS: dict[str, Callable[[Scene], object]] = {
    "signing out": lambda scene: scene.person.post("/logout/"),
    "ending it in the list": _end_from_another,
    "signing out everywhere": lambda scene: scene.sign_in(NAME).post(f"{OWN}keluar-semua"),
    "signing in anew at the same browser": _signs_in_once_more,
    "a new password, here": lambda scene: _new_password(scene.person),
    "a new password, elsewhere": lambda scene: _new_password(scene.sign_in(NAME)),
    "a new password by a link": _by_link,
    "setting up the second step": _set_up_second_step,
    "turning the second step off": _turn_off_second_step,
    "losing the second step": _lose_second_step,
    "status Nonaktif": lambda scene: scene.managed("ubah", _edited(active="")),
    "HAPUS": lambda scene: scene.managed("hapus"),
    "another role": lambda scene: scene.managed("ubah", _edited(role=Role.COORDINATOR.value)),
    "another agency": lambda scene: scene.managed("ubah", _edited(agency=str(scene.world.a2))),
    "half an hour without a request": lambda scene: scene.age("seen_at", timedelta(minutes=30)),
    "twelve hours": lambda scene: scene.age("started_at", timedelta(hours=12)),
    "a switched-off account": lambda scene: change(scene.app, NAME, active=False),
    "renewing the account's stamp": lambda scene: scene.write(
        lambda session: passwords.end_sessions(scene.world.account(session, NAME))
    ),
}


@pytest.fixture
def scene(app: Flask, sign_in: SignIn, world: World) -> Scene:
    visitor = sign_in(None)
    assert try_password(visitor, f"akun-{NAME}", PASSWORD).status_code == 302
    visitor.name = NAME
    return Scene(app, sign_in, world, visitor)


@pytest.mark.parametrize("event", ENDS)
def test_the_old_cookie_gets_the_sign_in_page(scene: Scene, event: str) -> None:
    stolen = Copied(scene.person)
    assert stolen.opens()
    ENDS[event](scene)
    assert not stolen.opens()
    assert not stolen.opens("/laporan/kelola/")


def test_what_does_not_end_a_session(scene: Scene) -> None:
    stolen = Copied(scene.person)
    scene.managed("ubah", _edited(name="Nama Baru"))
    scene.age("seen_at", timedelta(minutes=29))  # and a little, since it was noted
    assert stolen.opens()
    scene.age("started_at", timedelta(hours=11))
    assert stolen.opens(), "the look before was noted"


def test_a_new_password_keeps_the_session_that_it_was_set_in(scene: Scene) -> None:
    _new_password(scene.person)
    assert scene.person.get(ACCOUNT).status_code == 200


def test_the_cookie_names_the_row_by_a_value_that_the_table_does_not_hold(scene: Scene) -> None:
    with scene.person.client.session_transaction() as cookie:
        token = cookie[TOKEN]
        row = scene.row()
        assert row.token_hash == hash_of(token) != token
        cookie[TOKEN] = row.token_hash
    assert scene.person.get(ACCOUNT).status_code == 302


def test_another_account_is_not_opened_by_a_session(scene: Scene) -> None:
    with scene.person.client.session_transaction() as cookie:
        cookie["_user_id"] = str(user_id(scene.app, "pusat"))
    assert scene.person.get(ACCOUNT).status_code == 302


def test_nothing_of_the_anonymous_session_goes_on_but_the_language(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    visitor.get("/bahasa/en")
    page = visitor.get("/login/").get_data(as_text=True)
    before = hidden_fields(page)["csrf_token"]
    with visitor.client.session_transaction() as cookie:
        cookie["planted"] = "by whoever fixed this session"
    assert try_password(visitor, f"akun-{NAME}", PASSWORD).status_code == 302
    with visitor.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["locale"] == "en"
    assert visitor.client.post("/logout/", data={"csrf_token": before}).status_code == 400
    assert visitor.get(ACCOUNT).status_code == 200
    inside = hidden_fields(visitor.get("/akun/kata-sandi/").get_data(as_text=True))["csrf_token"]
    assert visitor.client.post("/logout/", data={"csrf_token": inside}).status_code == 302
    visitor.get("/login/")
    answer = visitor.client.post("/login/", data={"csrf_token": inside, "username": "x", "password": "y"})
    assert answer.status_code == 400, "nor does the token of a session outlive it"


def test_signing_out_twice_at_once_and_elsewhere_does_no_harm(scene: Scene) -> None:
    other = scene.sign_in(NAME)
    tokens = []
    for person in (scene.person, other):
        with person.client.session_transaction() as cookie:
            tokens.append(cookie[TOKEN])
    now = datetime.now(UTC)
    for _ in range(2):
        for token in tokens:
            scene.write(lambda session, token=token: sessions.end(session, token, now))  # type: ignore[misc]
    assert scene.person.get(ACCOUNT).status_code == other.get(ACCOUNT).status_code == 302


def test_the_list_names_browsers_and_ends_what_is_ones_own(scene: Scene) -> None:
    firefox = Person(scene.app, None)
    firefox.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    assert try_password(firefox, f"akun-{NAME}", PASSWORD).status_code == 302
    page = said(scene.person.get(OWN))
    assert "Firefox di Linux" in page
    assert "Peramban yang tidak dikenal" in page
    assert page.count("Sesi yang sedang Anda pakai") == 1
    mine = scene.row().id
    assert scene.sign_in("a1b").post(f"{OWN}{mine}/akhiri").status_code == 404, "another one's"
    assert scene.person.post(f"{OWN}999999/akhiri").status_code == 404
    firefox.name = NAME
    assert firefox.post(f"{OWN}{mine}/akhiri").status_code == 303
    assert scene.person.get(ACCOUNT).status_code == 302
    assert firefox.get(ACCOUNT).status_code == 200


def test_citizens_stay_longer(app: Flask, sign_in: SignIn) -> None:
    citizen = sign_in("warga")
    key = user_id(app, "warga")

    def last_seen(days: float) -> None:
        at = datetime.now(UTC) - timedelta(days=days)
        with app.app_context(), transaction() as session:
            mine = update(AccountSession).where(AccountSession.user_id == key)
            session.execute(mine.values(seen_at=at, started_at=at))

    last_seen(13)
    assert citizen.get(ACCOUNT).status_code == 200
    last_seen(15)
    assert citizen.get(ACCOUNT).status_code == 302


def test_asking_how_long_it_lasts_makes_it_no_longer(scene: Scene) -> None:
    scene.age("seen_at", timedelta(minutes=20))
    for _ in range(2):
        assert 590 <= scene.person.get(f"{OWN}sisa").json["left"] <= 600
    assert scene.person.get(f"{OWN}tetap").json["left"] == 1800
    assert 1790 <= scene.person.get(f"{OWN}sisa").json["left"] <= 1800


def test_cookies_are_this_hosts_alone_where_they_are_secure(app: Flask) -> None:
    strict = create_app(replace(app.config["LAPOR"], secure_cookies=True))
    client, site = strict.test_client(), "https://localhost"
    page = client.get("/login/", base_url=site)
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    form = {
        **hidden_fields(page.get_data(as_text=True)),
        "username": f"akun-{NAME}",
        "password": PASSWORD,
    }
    entered = client.post("/login/", data=form, base_url=site, headers={"Referer": f"{site}/login/"})
    assert entered.status_code == 302
    told = [*page.headers.getlist("Set-Cookie"), *entered.headers.getlist("Set-Cookie")]
    told += client.get("/bahasa/en", base_url=site).headers.getlist("Set-Cookie")
    assert len(told) >= 3
    for cookie in told:
        name, _, rest = cookie.partition("=")
        assert name.startswith("__Host-"), cookie
        parts = {part.strip().lower() for part in rest.split(";")[1:]}
        assert {"secure", "path=/", "httponly", "samesite=lax"} <= parts
        assert not any(part.startswith("domain") for part in parts)
    assert client.get(ACCOUNT, base_url=site).status_code == 200
    plain = app.test_client().get("/login/")
    assert "Strict-Transport-Security" not in plain.headers, "over plain http it would be a lie"
    dispose(strict)


def test_every_cookie_of_ours_is_named_by_the_settings() -> None:
    """Settings.cookie_name() makes it this host's alone over https."""
    setting = [path for path in Path("app").rglob("*.py") if ".set_cookie(" in path.read_text("utf-8")]
    unnamed = [path for path in setting if "cookie_name(" not in path.read_text("utf-8")]
    assert unnamed == [], "name the cookie by app.config['LAPOR'].cookie_name(...)"


TEXT = "Petugas kami sudah memeriksa lampu jalan itu dan menggantinya pagi ini."


@pytest.fixture
def late(app: Flask, scene: Scene) -> tuple[Scene, int, str]:
    """An answer that is sent after the session has ended: scene, report, where the browser is sent."""
    with app.app_context():
        play = Play(scene.world, datetime.now(UTC) - timedelta(hours=1))
        report = play.verified("a")
        play.forward(report, by="a", to="a1")
    address = f"/laporan/{report}/tindak-lanjut/"
    form = {**hidden_fields(scene.person.get(address).get_data(as_text=True)), "text": TEXT}
    scene.age("seen_at", timedelta(minutes=40))
    answer = scene.person.client.post(address, data=form)
    assert (answer.status_code, answer.location) == (302, "/login/?next=/akun/formulir/")
    return scene, report, answer.location


def enter(scene: Scene, where: str, name: str) -> str:
    page = scene.person.get(where).get_data(as_text=True)
    form = {**hidden_fields(page), "username": f"akun-{name}", "password": PASSWORD}
    answer = scene.person.client.post(where, data=form)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return str(answer.location)


def test_a_form_that_comes_too_late_is_sent_after_signing_in_again(late: tuple[Scene, int, str]) -> None:
    scene, report, where = late
    assert "Isinya disimpan" in said(scene.person.get(where))
    assert enter(scene, where, NAME) == "/akun/formulir/"
    shown = scene.person.get("/akun/formulir/")
    assert TEXT in said(shown)
    fields = hidden_fields(shown.get_data(as_text=True))
    on = scene.person.client.post("/akun/formulir/", data=fields)
    assert (on.status_code, on.location) == (307, f"/laporan/{report}/tindak-lanjut/")
    # As a browser answers it: the same fields, once more.
    assert scene.person.client.post(on.location, data=fields).status_code == 303
    assert TEXT in said(scene.person.get(f"/laporan/{report}/"))
    assert look(scene.app, lambda session: session.scalars(select(UnsentForm)).all()) == []
    assert TEXT not in said(scene.person.get("/akun/formulir/"))


def test_nobody_else_at_the_same_browser_reads_it(late: tuple[Scene, int, str]) -> None:
    scene, _report, where = late
    assert TEXT not in unescape(scene.person.get(where).get_data(as_text=True))
    enter(scene, where, "a1b")
    answer = scene.person.get("/akun/formulir/")
    assert TEXT not in unescape(answer.get_data(as_text=True))


def test_it_can_be_thrown_away(late: tuple[Scene, int, str]) -> None:
    scene, _report, where = late
    enter(scene, where, NAME)
    scene.person.name = NAME
    assert scene.person.post("/akun/formulir/", {"buang_formulir_ini": "1"}).status_code == 303
    assert look(scene.app, lambda session: session.scalars(select(UnsentForm)).all()) == []


def test_no_password_is_kept(scene: Scene) -> None:
    page = scene.person.get("/akun/kata-sandi/").get_data(as_text=True)
    scene.age("seen_at", timedelta(minutes=40))
    form = {**hidden_fields(page), "current": PASSWORD, "password": OTHER, "again": OTHER}
    answer = scene.person.client.post("/akun/kata-sandi/", data=form)
    assert (answer.status_code, answer.location) == (302, "/login/")
    assert look(scene.app, lambda session: session.scalars(select(UnsentForm)).all()) == []


def test_ended_rows_are_swept(late: tuple[Scene, int, str]) -> None:
    scene, _report, _where = late

    def swept(after: timedelta) -> int:
        with scene.app.app_context(), transaction() as session:
            return sessions.forget(session, datetime.now(UTC) + after, session_limits())

    assert swept(timedelta(hours=1)) == 0
    assert swept(timedelta(days=2)) == 1, "the form"
    assert swept(timedelta(days=30)) >= 1
    assert look(scene.app, lambda session: session.scalars(select(AccountSession)).all()) == []


def test_no_form_with_a_password_is_kept_when_its_session_ends() -> None:
    """By the source: every module of views that asks for a password stands in SECRET_FORMS, or is of who has none yet's."""
    import app.views as package
    from app.views.accounts.browsing import SECRET_FORMS

    folder = Path(package.__file__).parent
    asking = {path.stem for path in folder.rglob("*.py") if "PasswordField(" in path.read_text("utf-8")}
    assert asking, "the walk finds what it looks for"
    assert asking <= SECRET_FORMS | {"joining"}, "add it to SECRET_FORMS"
