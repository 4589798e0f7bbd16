"""Kesehatan Sistem: what central admins see of the queue and the jobs, and what they may do about it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.jobs.schedule import SCHEDULE, perform
from app.models import AuditEntry, JobRun, OutboxMessage
from app.views.system.health import COUNTED
from tests.support.mail import (
    dead_letter,
    letter_in_folder,
    letters_to,
    queue_trial,
    row,
    text_of,
    with_settings,
)
from tests.support.manage import SignIn, look
from tests.support.world import World

HEALTH, MAILS = "/pengaturan/kesehatan/", "/pengaturan/surat/"
STOPPED = "Pelaksana pekerjaan (job consumer) tidak berjalan."


def dead(app: Flask, dedupe_key: str = "dead") -> int:
    with app.app_context():
        return dead_letter(dedupe_key)


def audited(app: Flask) -> list[tuple[str, int | None, str | None]]:
    return list(
        look(
            app,
            lambda session: [
                (entry.action, entry.object_id, entry.data.get("topic"))
                for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))
            ],
        )
    )


def fact(page: str, label: str) -> str:
    found = re.search(rf"<dt>{label}</dt><dd>([^<]*)</dd>", page)
    assert found, label
    return found[1]


def test_a_consumer_that_does_not_run_is_said_in_words(app: Flask, sign_in: SignIn) -> None:
    pusat = sign_in("pusat")
    page = pusat.get(HEALTH).get_data(as_text=True)
    assert STOPPED in page
    assert page.count("Belum pernah") == len(SCHEDULE)
    for job in SCHEDULE:
        perform(app, job)
    page = pusat.get(HEALTH).get_data(as_text=True)
    assert STOPPED not in page
    assert page.count(">Baik<") == len(SCHEDULE)


def test_each_job_is_late_after_three_times_its_rhythm(app: Flask, sign_in: SignIn) -> None:
    for job in SCHEDULE:
        perform(app, job)
    pusat = sign_in("pusat")
    for number, job in enumerate(SCHEDULE, start=1):
        for ago, late in ((3 * job.minutes, number - 1), (3 * job.minutes + 2, number)):
            with app.app_context(), transaction() as session:
                session.get_one(JobRun, job.name).started_at = datetime.now(UTC) - timedelta(minutes=ago)
            page = pusat.get(HEALTH).get_data(as_text=True)
            assert page.count(">Terlambat<") == late, (job.name, ago)
            assert (STOPPED in page) is (late == len(SCHEDULE))


def test_a_failed_and_an_unfinished_job_are_told_apart(app: Flask, sign_in: SignIn) -> None:
    for job in SCHEDULE:
        perform(app, job)
    with app.app_context(), transaction() as session:
        session.get_one(JobRun, SCHEDULE[0].name).error = "OperationalError"
        session.get_one(JobRun, SCHEDULE[1].name).ended_at = None
    page = sign_in("pusat").get(HEALTH).get_data(as_text=True)
    assert (page.count(">Gagal<"), page.count(">Belum selesai<")) == (1, 1)
    assert "OperationalError" in page


def test_the_queue_and_its_oldest_are_shown_while_nobody_works(app: Flask, sign_in: SignIn) -> None:
    """Case F8: the worker is down, and it shows."""
    queue_trial(app, datetime.now(UTC) - timedelta(hours=5), dedupe_key="old")
    queue_trial(app, datetime.now(UTC), dedupe_key="new")
    page = sign_in("pusat").get(HEALTH).get_data(as_text=True)
    assert fact(page, "Menunggu dikirim") == "2"
    assert "5 jam yang lalu" in fact(page, "Yang terlama menunggu sejak")


def test_a_dead_letter_is_sent_again_and_it_is_written_down(app: Flask, sign_in: SignIn) -> None:
    key = dead(app)
    pusat = sign_in("pusat")
    page = pusat.get(HEALTH).get_data(as_text=True)
    assert "SMTPServerDisconnected" in page
    assert "pusat@contoh.example.com" not in page
    assert pusat.get(f"{HEALTH}{key}/ulang").status_code == 200
    assert row(app, key).dead_at is not None  # asking changes nothing
    assert pusat.send(f"{HEALTH}{key}/ulang", {}).status_code == 303
    assert (row(app, key).dead_at, row(app, key).attempts) == (None, 0)
    assert audited(app) == [("outbox.retried", key, "mail_trial")]
    assert pusat.post(f"{HEALTH}{key}/ulang").status_code == 404  # a second click
    assert len(letters_to(app, "pusat@contoh.example.com")) == 1


def test_a_dead_letter_is_dropped_and_it_is_written_down(app: Flask, sign_in: SignIn) -> None:
    key = dead(app)
    pusat = sign_in("pusat")
    assert pusat.send(f"{HEALTH}{key}/hapus", {}).status_code == 303
    assert look(app, lambda session: session.get(OutboxMessage, key)) is None
    assert audited(app) == [("outbox.dropped", key, "mail_trial")]


def test_all_dead_letters_are_sent_again_at_once(app: Flask, sign_in: SignIn) -> None:
    keys = [dead(app, str(n)) for n in range(3)]
    waiting = queue_trial(app, datetime.now(UTC), dedupe_key="waiting")
    pusat = sign_in("pusat")
    assert pusat.send(f"{HEALTH}ulang-semua", {}).status_code == 303
    assert [row(app, key).dead_at for key in keys] == [None] * 3
    assert row(app, waiting).attempts == 0
    assert audited(app) == [("outbox.retried", None, None)]


@pytest.mark.parametrize("what", ["ulang", "hapus"])
def test_only_what_was_given_up_can_be_touched(app: Flask, sign_in: SignIn, what: str) -> None:
    waiting = queue_trial(app, datetime.now(UTC))
    pusat = sign_in("pusat")
    assert pusat.post(f"{HEALTH}{waiting}/{what}").status_code == 404
    assert row(app, waiting).attempts == 0
    key = dead(app)
    assert pusat.client.post(f"{HEALTH}{key}/{what}").status_code == 400  # without a token
    for other in ("supervisor", "a", "a1"):
        assert sign_in(other).post(f"{HEALTH}{key}/{what}").status_code == 403
    assert row(app, key).dead_at is not None
    assert audited(app) == []


def test_a_trial_mail_arrives_in_the_folder_and_is_read_there(app: Flask, sign_in: SignIn) -> None:
    pusat = sign_in("pusat")
    assert pusat.send(f"{HEALTH}surat-uji", {}).status_code == 303
    letter = letters_to(app, "pusat@contoh.example.com")[-1]
    assert "sampai" in text_of(letter)
    page = pusat.get(MAILS).get_data(as_text=True)
    assert "Surat uji LAPOR!" in page
    number = re.search(rf"{MAILS}(\d+)/", page)
    assert number
    shown = pusat.get(f"{MAILS}{number[1]}/").get_data(as_text=True)
    assert "Surat uji ini Anda minta" in shown
    assert '<iframe class="letter" sandbox title' in shown


@pytest.mark.parametrize("changes", [{"smtp_host": "mail.example.com"}, {"production": True}])
def test_the_folder_is_shown_only_where_it_is_used(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    with app.app_context():
        number = letter_in_folder()
    pusat = sign_in("pusat")
    assert pusat.get(f"{MAILS}{number}/").status_code == 200
    assert MAILS in pusat.get(HEALTH).get_data(as_text=True)
    monkeypatch.setitem(app.config, "LAPOR", with_settings(app, **changes))
    assert pusat.get(MAILS).status_code == 404
    assert pusat.get(f"{MAILS}{number}/").status_code == 404
    assert f'href="{MAILS}"' not in pusat.get(HEALTH).get_data(as_text=True)


def test_the_menu_has_it_for_central_admins_alone(app: Flask, sign_in: SignIn, world: World) -> None:
    for name, shown in (("pusat", True), ("supervisor", False), ("a", False)):
        page = sign_in(name).get("/pengaturan/pengguna/").get_data(as_text=True)
        assert (f'href="{HEALTH}"' in page) is shown


def test_every_number_that_a_job_tells_has_its_word(app: Flask) -> None:
    for job in SCHEDULE:
        told = [part.partition(" ")[0] for part in perform(app, job).split(", ")]
        assert set(told) <= COUNTED.keys(), job.name
