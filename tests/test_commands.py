"""`flask lapor …` as an administrator types it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import delete

from app.extensions import db, transaction
from app.models import AuditEntry, RecoveryCode, ReportScope
from app.views.accounts.security_manager import LaporSecurityManager
from tests.support.accounts import path_in, with_authenticator
from tests.support.http import Person
from tests.support.mail import letters_to
from tests.support.play import Play
from tests.support.world import PASSWORD, World


def test_the_first_admin_can_sign_in(app: Flask) -> None:
    runner = app.test_cli_runner()
    args = ["lapor", "create-admin", "Kepala@contoh.example.com", "--name", "Kepala Meja"]
    refused = runner.invoke(args=[*args, "--password", "pendek"])
    assert refused.exit_code == 1
    assert "at least 12" in refused.output
    assert runner.invoke(args=[*args, "--password", "sandi-yang-panjang"]).exit_code == 0
    twice = runner.invoke(args=[*args, "--password", "sandi-yang-panjang"])
    assert twice.exit_code == 1
    assert "email" in twice.output
    with app.test_request_context():
        manager: LaporSecurityManager = app.appbuilder.sm  # type: ignore[attr-defined]
        account = manager.sign_in("kepala@contoh.example.com", "sandi-yang-panjang")
        assert account is not None
        assert [role.name for role in account.roles] == ["Admin Pusat"]


def test_a_lost_authenticator_is_taken_away(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["lapor", "reset-second-step", "tidak@ada.example.com"]).exit_code == 1
    with_authenticator(app, "pusat", "abcd-efgh-ijkl-mnop")
    assert runner.invoke(args=["lapor", "reset-second-step", "pusat@contoh.example.com"]).exit_code == 0
    with app.app_context():
        # Whoever runs it gets into no account: the owner has a letter, and the password is asked.
        assert World.read(db.session()).account(db.session(), "pusat").totp_nonce
        assert db.session.query(RecoveryCode).count() == 1
        entry = db.session.query(AuditEntry).one()
        assert (entry.action, entry.user_id) == ("account.second_step_reset_asked", None)
    (letter,) = letters_to(app, "pusat@contoh.example.com")
    visitor = Person(app, None)
    assert visitor.post(path_in(letter), {"current": PASSWORD}).status_code == 303
    with app.app_context():
        assert World.read(db.session()).account(db.session(), "pusat").totp_nonce == ""
        assert db.session.query(RecoveryCode).count() == 0
    # There is nothing to take away any more.
    assert runner.invoke(args=["lapor", "reset-second-step", "pusat@contoh.example.com"]).exit_code == 1


def test_seeding_and_syncing_twice_add_nothing(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["lapor", "sync-security"]).output == "permissions added: 0, roles added: 0\n"
    assert set(runner.invoke(args=["lapor", "seed"]).output.splitlines()) == {
        f"{what}: 0 added"
        for what in ("agencies", "areas", "categories", "archive reasons", "completion targets", "synonyms")
    }


def test_check_scope_says_what_differs_and_repairs_it(app: Flask, world: World) -> None:
    with app.app_context():
        report_id = Play(world, datetime.now(UTC) - timedelta(hours=1)).verified("a")
    runner = app.test_cli_runner()
    assert runner.invoke(args=["lapor", "check-scope"]).output == "reports: 1, differing: 0\n"
    with app.app_context(), transaction():
        db.session.execute(delete(ReportScope))
    found = runner.invoke(args=["lapor", "check-scope"])
    assert (found.exit_code, found.output) == (1, f"report #{report_id}: differs\nreports: 1, differing: 1\n")
    assert runner.invoke(args=["lapor", "check-scope", "--repair"]).exit_code == 0
    assert runner.invoke(args=["lapor", "check-scope"]).exit_code == 0
    assert runner.invoke(args=["lapor", "recompute-deadlines"]).output == "deadlines moved: 0\n"
