"""The bell: who is told what, once, and what nobody is told (cases B8, C13, C14, F1, F5, F7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.inbox import notifications as bell
from app.extensions import db, transaction
from app.jobs.reminding import remind
from app.models import Account, Notification, Report
from app.rules.attachments.files import Sender
from app.rules.inbox.notifications import (
    MADE_BY,
    MAILINGS,
    NOTICES,
    REMINDERS,
    SETTINGS,
    Mailing,
    NoticeGroup,
)
from app.rules.reports.codes import EventKind
from app.rules.reports.notice_kinds import NoticeKind, Whom
from app.rules.reports.workflow import Action
from app.services.accounts import people
from app.services.agencies import management
from app.services.attachments import uploads
from app.services.inbox import notifications
from app.services.reports import handling
from tests.support.mail import letters_to, text_of
from tests.support.play import Play
from tests.support.world import World


def told(play: Play, name: str) -> list[tuple[NoticeKind, int | None]]:
    """What somebody can read now, the oldest first: kind and report."""
    with play.by(name) as (session, actor):
        return [
            (item.notification.kind, item.notification.report_id)
            for item in reversed(bell.newest(session, actor, limit=100))
        ]


def written(play: Play, name: str) -> list[NoticeKind]:
    """What stands in the table for somebody, readable or not."""
    with transaction() as session:
        user_id = play.world.account(session, name).id
        return list(
            session.scalars(
                select(Notification.kind).where(Notification.user_id == user_id).order_by(Notification.id)
            )
        )


def kinds(play: Play, name: str) -> list[NoticeKind]:
    return [kind for kind, _report in told(play, name)]


def at_a1(play: Play) -> int:
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    return report


# Every kind has its maker here: what the table gains and this does not, fails by name.


def disposition(play: Play) -> str:
    at_a1(play)
    return "a1"


def changed(play: Play) -> str:
    report = at_a1(play)
    play.later(minutes=1)
    play.redirect(report, by="a", to="a2")
    return "a1"


def copied(play: Play) -> str:
    play.forward(play.verified("a"), by="a", to="a1", copies=("b1",))
    return "b1"


def replied(play: Play) -> str:
    play.reply(play.in_progress("a"))
    return "a"


def commented(play: Play) -> str:
    play.comment(at_a1(play), by="a1")
    return "a"


def requested(play: Play) -> str:
    play.ask(at_a1(play), by="a1", action=Action.HAND_BACK, suggest="a2")
    return "a"


def decided(play: Play) -> str:
    report = at_a1(play)
    play.follow_up(report, by="a1")
    play.accept(play.ask(report, by="a1", action=Action.HOLD), by="a")
    return "a1"


def voided(play: Play) -> str:
    report = at_a1(play)
    play.follow_up(report, by="a1")
    play.ask(report, by="a1", action=Action.HOLD)
    play.decide(report, by="a", action=Action.CLOSE)
    return "a1"


def held(play: Play) -> str:
    play.decide(play.in_progress("a"), by="pusat", action=Action.HOLD)
    return "a"


def released(play: Play) -> str:
    report = play.in_progress("a")
    play.decide(report, by="pusat", action=Action.HOLD)
    play.decide(report, by="pusat", action=Action.RELEASE)
    return "a"


def extended(play: Play) -> str:
    play.decide(at_a1(play), by="a", action=Action.EXTEND)
    return "a1"


def closed(play: Play) -> str:
    play.close_own(play.in_progress("a"))
    return "a"


def closes(play: Play) -> str:
    play.in_progress("a")  # Monday the 8th: closes after Thursday the 18th; the 16th is free
    play.now = play.now.replace(day=17)
    remind(play.now)
    return "a"


def reopened(play: Play) -> str:
    report = play.in_progress("a")
    play.decide(report, by="pusat", action=Action.CLOSE)
    play.decide(report, by="pusat", action=Action.REOPEN)
    return "a"


def near(play: Play) -> str:
    play.verified("a")  # Monday the 8th: five working days end with Monday the 15th
    play.now = play.now.replace(day=12)
    remind(play.now)
    return "a"


def missed(play: Play) -> str:
    play.verified("a")
    play.now = play.now.replace(day=17)
    remind(play.now)
    return "a"


def account(play: Play) -> str:
    with play.by("pusat") as (session, actor):
        before = play.world.account(session, "a1b")
        details = people.Details(
            name="Petugas Baru", username=before.username, email=before.email, agency_id=play.world.a2
        )
        people.update(session, actor, before.id, details, play.now)
    return "a1b"


def handover(play: Play) -> str:
    report = play.verified("a")
    play.forward(report, by="a", to="a3")
    with play.by("pusat") as (session, actor):
        management.hand_over(session, actor, play.world.a3, play.world.a, play.now)
    return "a"


MAKERS: Mapping[NoticeKind, Callable[[Play], str]] = {
    NoticeKind.DISPOSITION: disposition,
    NoticeKind.CHANGED: changed,
    NoticeKind.COPY: copied,
    NoticeKind.REPLY: replied,
    NoticeKind.COMMENT: commented,
    NoticeKind.REQUEST: requested,
    NoticeKind.DECIDED: decided,
    NoticeKind.VOIDED: voided,
    NoticeKind.HOLD: held,
    NoticeKind.RELEASE: released,
    NoticeKind.EXTENSION: extended,
    NoticeKind.CLOSING: closed,
    NoticeKind.CLOSES_TOMORROW: closes,
    NoticeKind.REOPENING: reopened,
    NoticeKind.DEADLINE_NEAR: near,
    NoticeKind.DEADLINE_MISSED: missed,
    NoticeKind.ACCOUNT: account,
    NoticeKind.HANDOVER: handover,
}


def test_every_kind_has_words_a_maker_and_a_test() -> None:
    assert set(NOTICES) == set(NoticeKind) == set(MAKERS), (
        "give each kind its words, and make it in this file"
    )
    assert set(SETTINGS) == set(NoticeGroup) == {notice.group for notice in NOTICES.values()}
    assert set(MAILINGS) == set(Mailing)
    assert len({notice.name for notice in NOTICES.values()}) == len(NoticeKind)
    for kind, notice in NOTICES.items():
        made_by_hand = kind in REMINDERS or notice.whom is Whom.NAMED
        assert any(kind in told for told in MADE_BY.values()) != made_by_hand, kind
        assert ("%(id)s" in notice.said) == (notice.whom is not Whom.NAMED), kind
    assert set(MADE_BY) <= set(EventKind)


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_is_told_once(play: Play, kind: NoticeKind) -> None:
    name = MAKERS[kind](play)
    assert kinds(play, name).count(kind) == 1


def test_who_did_it_is_not_told_and_their_colleagues_are(play: Play) -> None:
    report = at_a1(play)
    assert told(play, "a1") == told(play, "a1b") == [(NoticeKind.DISPOSITION, report)]
    play.comment(report, by="a1")
    assert kinds(play, "a1") == [NoticeKind.DISPOSITION]
    assert kinds(play, "a1b") == [NoticeKind.DISPOSITION, NoticeKind.COMMENT]
    assert kinds(play, "a") == [NoticeKind.DISPOSITION, NoticeKind.COMMENT]
    for stranger in ("b", "b1", "a2", "pusat", "supervisor", "statistik", "warga"):
        assert written(play, stranger) == [], stranger


def test_a_switched_off_account_is_told_nothing_and_the_agency_above_acts(play: Play) -> None:
    with transaction() as session:
        play.world.account(session, "a1b").active = False
    at_a1(play)
    assert written(play, "a1b") == []
    before = kinds(play, "a").count(NoticeKind.DISPOSITION)
    with transaction() as session:
        play.world.account(session, "a1").active = False
    report = play.verified("b")
    play.later(minutes=1)
    play.redirect(report, by="pusat", to="a1")
    assert kinds(play, "a").count(NoticeKind.DISPOSITION) == before + 1


def test_one_event_with_three_files_is_one_notification(play: Play) -> None:
    """Case F1."""
    report = at_a1(play)
    with play.by("a1") as (session, actor):
        new = [uploads.inspect(f"{n}.txt", b"denah", Sender.OFFICER, limit=10**7) for n in range(3)]
        names = uploads.reserve(session, actor, new, report, play.now)
    with play.by("a1") as (session, actor):
        handling.comment(session, actor, play.form(session, report), "Tiga berkas.", play.now, files=names)
    assert kinds(play, "a1b").count(NoticeKind.COMMENT) == 1


def test_a_second_click_tells_nothing_more(play: Play) -> None:
    report = at_a1(play)
    for _ in range(2):
        with play.by("a1") as (session, actor):
            handling.comment(session, actor, play.form(session, report, "satu kunci"), "Sekali.", play.now)
    assert kinds(play, "a1b").count(NoticeKind.COMMENT) == 1


def test_an_accepted_request_is_told_once_as_the_decision(play: Play) -> None:
    report = at_a1(play)
    play.follow_up(report, by="a1")
    play.accept(play.ask(report, by="a1", action=Action.CLOSE), by="a")
    assert kinds(play, "a1") == [NoticeKind.DISPOSITION, NoticeKind.DECIDED]


def test_after_a_hand_back_the_old_agency_gets_one_notice_without_content(app: Flask, play: Play) -> None:
    """Case C14: and nothing later, neither in the bell nor by mail."""
    report = at_a1(play)
    play.follow_up(report, by="a1")
    play.ask(report, by="a1", action=Action.HOLD)
    request = play.ask(report, by="a1", action=Action.HAND_BACK, suggest="a2")
    letters_to(app, "a1@contoh.example.com")
    play.later(minutes=1)
    play.accept(request, by="a")
    assert told(play, "a1") == [(NoticeKind.CHANGED, report)]
    with play.by("a1") as (session, actor):
        (item,) = bell.newest(session, actor)
        assert (item.title, item.opens) == ("", False)
    (letter,) = letters_to(app, "a1@contoh.example.com")
    assert "Lampu" not in text_of(letter)
    many = len(written(play, "a1"))
    play.later(minutes=1)
    play.follow_up(report, by="a2")
    play.reply(report)
    play.comment(report, by="a2")
    play.decide(report, by="a", action=Action.CLOSE)
    assert len(written(play, "a1")) == many
    assert letters_to(app, "a1@contoh.example.com") == []
    assert told(play, "a1") == [(NoticeKind.CHANGED, report)]


def test_nobody_reads_or_is_mailed_what_they_cannot_open_at_that_moment(app: Flask, play: Play) -> None:
    """Case C13: the mail waits in the outbox while the report goes elsewhere."""
    report = at_a1(play)
    assert told(play, "a1") == [(NoticeKind.DISPOSITION, report)]
    play.later(minutes=1)
    play.redirect(report, by="a", to="a2")
    assert kinds(play, "a1") == [NoticeKind.CHANGED]
    subjects = [letter["Subject"] for letter in letters_to(app, "a1@contoh.example.com")]
    assert subjects == [f"Disposisi diubah: laporan #{report}"]


def test_who_may_read_no_reports_any_more_reads_no_notifications_of_them(play: Play) -> None:
    at_a1(play)
    with transaction() as session:
        moved = play.world.account(session, "a1b")
        moved.agency_id = play.world.b
    assert told(play, "a1b") == []


def test_closing_takes_reminders_back_from_all_former_holders(play: Play) -> None:
    """Cases B8 and F7."""
    report = play.verified("a")
    play.now = play.now.replace(day=12)
    remind(play.now)
    assert NoticeKind.DEADLINE_NEAR in written(play, "a")
    play.later(minutes=1)
    play.forward(report, by="a", to="a1")
    assert NoticeKind.DEADLINE_NEAR not in written(play, "a")
    play.now = play.now.replace(day=15)
    remind(play.now)
    assert (
        written(play, "a1").count(NoticeKind.DEADLINE_NEAR)
        == written(play, "a1b").count(NoticeKind.DEADLINE_NEAR)
        == 1
    )
    play.close_own(report)
    for name in ("a", "a1", "a1b"):
        assert not REMINDERS & set(written(play, name)), name


def test_a_reminder_stops_for_the_agency_when_one_officer_acted(app: Flask, play: Play) -> None:
    """Case F7: the colleague who did not read it has nothing left to read, and no mail."""
    at_a1(play)
    report = at_a1(play)
    play.now = play.now.replace(day=12)
    remind(play.now)
    play.follow_up(report, by="a1")
    left = [number for kind, number in told(play, "a1b") if kind is NoticeKind.DEADLINE_NEAR]
    assert len(left) == 1
    assert report not in left


def test_a_comment_answers_no_reminder(play: Play) -> None:
    report = at_a1(play)
    play.now = play.now.replace(day=12)
    remind(play.now)
    play.comment(report, by="a1")
    play.reply(report)
    assert NoticeKind.DEADLINE_NEAR in kinds(play, "a1b")


def test_opening_marks_ones_own_and_nobody_elses(play: Play) -> None:
    at_a1(play)
    with play.by("a1") as (session, actor):
        (item,) = bell.newest(session, actor)
        key = item.notification.id
        notifications.open_one(session, actor, key, play.now)
    with play.by("a1") as (session, actor):
        (item,) = bell.newest(session, actor)
        assert item.notification.read_at == play.now
    with play.by("a1b") as (session, actor):
        (item,) = bell.newest(session, actor)
        assert item.notification.read_at is None
        assert item.notification.id != key


def test_what_is_old_goes(play: Play) -> None:
    at_a1(play)
    with transaction() as session:
        assert notifications.forget(session, play.now + timedelta(days=179)) == 0
        assert notifications.forget(session, play.now + timedelta(days=181)) > 0
    assert written(play, "a1") == []


def test_a_report_that_is_redacted_or_renamed_shows_what_is_true_now(play: Play) -> None:
    report = at_a1(play)
    with transaction() as session:
        session.get_one(Report, report).title = "Judul baru"
    with play.by("a1") as (session, actor):
        assert [item.title for item in bell.newest(session, actor)] == ["Judul baru"]


# Mail.


def choose(play: Play, name: str, **wanted: Mailing) -> None:
    with play.by(name) as (session, actor):
        present = bell.settings_of(session, actor.user_id)
        notifications.choose(
            session, actor, {group: wanted.get(group.value, mailing) for group, mailing in present.items()}
        )


def test_a_mail_at_once_is_sent_once_and_as_the_reader_wants_it_then(app: Flask, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=1))
        report = at_a1(play)
    (letter,) = letters_to(app, "a1@contoh.example.com")
    assert letter["Subject"] == f"Disposisi diterima: laporan #{report}"
    said = text_of(letter)
    assert "Oleh: Instansi A" in said
    assert "/notifikasi/" in said
    assert "Lampu" not in said
    assert letters_to(app, "a1@contoh.example.com") == []
    with app.app_context():
        choose(play, "a1", dispositions=Mailing.NEVER)
        at_a1(play)
        choose(play, "a1b", dispositions=Mailing.NEVER)  # after it was queued
    assert letters_to(app, "a1@contoh.example.com") == []
    assert letters_to(app, "a1b@contoh.example.com") == []


def test_what_was_read_or_whose_reader_is_gone_is_not_mailed(app: Flask, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=1))
        at_a1(play)
        with play.by("a1") as (session, actor):
            notifications.read_all(session, actor, bell.newest(session, actor)[0].notification.id, play.now)
        with transaction() as session:
            world.account(session, "a1b").active = False
    assert letters_to(app, "a1@contoh.example.com") == []
    assert letters_to(app, "a1b@contoh.example.com") == []


def test_the_daily_mail_comes_once_on_working_mornings(app: Flask, play: Play) -> None:
    """Case A4: on Saturday and on a holiday nothing; what was read or closed meanwhile is left out."""
    first, second = at_a1(play), at_a1(play)
    choose(play, "a1", dispositions=Mailing.DAILY)
    letters_to(app, "a1@contoh.example.com")
    for day, hour in ((13, 10), (14, 10), (15, 7), (15, 16)):
        remind(play.now.replace(day=day, hour=hour))
    assert letters_to(app, "a1@contoh.example.com") == []
    monday = play.now.replace(day=15)
    remind(monday)
    remind(monday + timedelta(hours=2))
    (letter,) = letters_to(app, "a1@contoh.example.com")
    assert letter["Subject"] == "Ringkasan notifikasi LAPOR!"
    said = text_of(letter)
    assert f"Laporan #{first} didisposisikan" in said
    assert f"Laporan #{second} didisposisikan" in said
    remind(play.now.replace(day=16))
    remind(play.now.replace(day=17))
    letters = letters_to(app, "a1@contoh.example.com")
    assert all("didisposisikan" not in text_of(letter) for letter in letters)


def test_the_daily_mail_asks_the_scope_again_at_delivery(app: Flask, play: Play) -> None:
    report = at_a1(play)
    choose(play, "a1", dispositions=Mailing.DAILY)
    letters_to(app, "a1@contoh.example.com")
    with transaction() as session:
        for row in session.scalars(select(Account).where(Account.username == "akun-a1b")):
            row.active = False
    remind(play.now.replace(hour=11))
    play.later(hours=2)
    play.redirect(report, by="a", to="a2")
    for letter in letters_to(app, "a1@contoh.example.com"):
        assert "didisposisikan" not in text_of(letter)
    assert db.session.scalars(select(Notification.kind)).all()
