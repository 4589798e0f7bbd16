"""What the walks over all routes open: one object of each kind that an address names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.inbox.notifications import newest
from app.exports import selections, stored_exports
from app.extensions import db, transaction
from app.jobs.exporting import make_next
from app.models import ApiClient, Attachment, CompletionTarget, Conversation, DayOff, Synonym
from app.models.accounts.security import FabRole
from app.rules.accounts.roles import Role
from app.rules.agencies.reorganisation import ReorganisationKind
from app.rules.channels.api import ClientKind
from app.rules.figures.exports import ExportForm
from app.rules.reports.codes import Classification
from app.rules.reports.tabs import Order, Reach, Tab
from app.rules.reports.workflow import Action
from app.services.accounts import promoting
from app.services.agencies import reorganisation
from app.services.system import named_searches
from tests.support.mail import dead_letter, letter_in_folder
from tests.support.play import Play
from tests.support.sheets import waiting_sheet


def make_objects(play: Play) -> Mapping[str, int | str]:
    """report: A1 holds it for A; progress: the same, followed up, with an open request to hold it;
    held: A holds it; new: unverified at the root; recorded: typed in by B1, held by
    A; incomplete: typed in by B1, put off; file: came with `report`; agency: A1; user: its
    officer; locked: A1's other officer, who wrote a wrong password too often; own_file: came with a
    follow-up of `progress`; remark: a citizen's comment on `progress` that waits; dead: a mail that was
    given up; notification: A1's officer is told of `report`; conversation, broadcast, message_file: A
    writes to A1, with a file, and to all below; letter: one in the folder; export: a file that was made for
    A1's officer; sheet: a checked file that waits; saved: a search of A1's officer; day_off, category,
    reason, target, synonym, role and client (of the API): of the settings; reorganisation: planned, A1 goes
    below A2. Keys by these names."""
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    progress = play.in_progress("a")
    play.forward(progress, by="a", to="a1")
    play.follow_up(progress, by="a1")
    recorded, incomplete = play.record(by="b1"), play.record(by="b1")
    play.verify(recorded, to="a")
    play.ask_details(incomplete)
    return {
        "recorded": recorded,
        "incomplete": incomplete,
        "report": report,
        "file": play.attach(report, by="a1"),
        "own_file": play.answer_with_file(progress),
        "progress": progress,
        "request": play.ask(progress, by="a1", action=Action.HOLD),
        "remark": play.remark(progress, by="warga2"),
        "held": play.verified("a"),
        "new": play.file(),
        "agency": play.world.a1,
        "user": play.world.account(db.session(), "a1").id,
        "locked": locked(play),
        "invitation": invitation(play),
        "notification": notification_of(play, "a1"),
        **written(play),
        "dead": dead_letter(),
        "letter": letter_in_folder(),
        "sheet": waiting_sheet(),
        "saved": saved_search(play),
        "export": ready_export(play),
        **settings(play),
        "reorganisation": planned_move(play),
    }


def planned_move(play: Play) -> int:
    """The key of A's plan to put A1 below A2 in a month."""
    with play.by("a") as (session, actor):
        day = (play.now + timedelta(days=30)).date()
        asked = reorganisation.ask(
            session,
            actor,
            ReorganisationKind.MOVE,
            play.world.a1,
            play.world.agencies["a2"],
            play.now,
            day=day,
        )
        assert asked is not None
        return asked.id


def notification_of(play: Play, name: str) -> int:
    """The key of the first thing that somebody was told of."""
    with play.by(name) as (session, actor):
        return newest(session, actor)[-1].notification.id


def written(play: Play) -> Mapping[str, int]:
    """A conversation of A with A1 whose first post has a file, and an announcement of A to all below."""
    names = play.upload("a", "jadwal.txt", b"jadwal")
    post = play.write("a", to=("a1",), files=names)
    with transaction() as session:
        conversation = session.scalars(select(Conversation.id).where(Conversation.opening_id == post)).one()
        file = session.scalars(select(Attachment.id).where(Attachment.post_id == post)).one()
    return {"conversation": conversation, "message_file": file, "broadcast": play.write("a", to_all=True)}


def locked(play: Play) -> int:
    """The key of A1's other officer, locked out for a while."""
    with transaction() as session:
        account = play.world.account(session, "a1b")
        account.locked_until = datetime.now(UTC) + timedelta(minutes=10)
        return int(account.id)


def invitation(play: Play) -> int:
    """The key of what waits for a citizen's answer: to be an officer of A1."""
    with play.by("a") as (session, actor):
        citizen = play.world.account(session, "warga2")
        return promoting.promote(session, actor, citizen.id, play.world.a1, None, datetime.now(UTC)).id


def saved_search(play: Play) -> int:
    with play.by("a1") as (session, actor):
        return named_searches.save(session, actor, "Lampu", "q=lampu", play.now).id


def ready_export(play: Play) -> int:
    """The key of a list of A1's officer that a job has written."""
    with play.by("a1") as (session, actor):
        what = selections.tab("Laporan Ringkas", "Semua", Tab.WAITING, Reach.OWN, Order.DEADLINE, "")
        now = datetime.now(UTC)
        row = stored_exports.ask(session, actor, "reports", ExportForm.CSV, "laporan.csv", what.plain(), now)
        key = row.id
    assert make_next(now)
    return key


def settings(play: Play) -> Mapping[str, int | str]:
    """One row of each table that central admins look after; the target is not in force yet."""
    with transaction() as session:
        day = DayOff(day=date(2026, 12, 31), name="Tutup buku", agency_id=play.world.a)
        target = CompletionTarget(
            classification=Classification.ASPIRATION, working_days=7, valid_from=date(2090, 1, 1)
        )
        synonym = Synonym(words="balai, kantor")
        session.add_all([day, target, synonym])
        session.flush()
        role = session.scalars(select(FabRole.id).where(FabRole.name == Role.OFFICER.value)).one()
        return {
            "day_off": day.id,
            "category": play.world.category,
            "reason": "spam",
            "target": target.id,
            "synonym": synonym.id,
            "role": role,
            "client": partner(session),
        }


def partner(session: Session) -> int:
    """The key of a system that may call the API; an app stands beside it."""
    client = ApiClient(
        client_id="mitra-contoh",
        name="Kota Contoh",
        kind=ClientKind.PARTNER,
        scopes=["partner:file"],
        redirect_uris=[],
        secret_hash="0" * 64,
        per_minute=60,
        created_at=datetime.now(UTC),
    )
    app = ApiClient(
        client_id="aplikasi-contoh",
        name="LAPOR! Contoh",
        kind=ClientKind.ANDROID,
        scopes=["own:read", "desk:read"],
        redirect_uris=["id.go.contoh.lapor:/masuk"],
        created_at=datetime.now(UTC),
    )
    session.add_all([client, app])
    session.flush()
    return client.id
