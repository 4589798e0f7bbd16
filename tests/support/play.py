"""People at work: each step is a transaction of its own, by a name of the world, at the play's time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import expected, stored
from app.access.standing import chains
from app.extensions import storage, transaction
from app.jobs.schedule import expire_clocks
from app.models import Attachment, Event, Report, ReportClock, Request
from app.rules.attachments.files import Sender
from app.rules.citizens.forms import CommentState
from app.rules.reports.codes import Channel, Classification, EventKind
from app.rules.reports.workflow import Action, Carry
from app.services.attachments import uploads
from app.services.citizens import recording, remarks
from app.services.citizens.filing import Filing, FilingPerson
from app.services.inbox import messages
from app.services.reports import decisions, handling, reporter_contributions, requests, verification
from app.services.reports.locked_report import Form
from tests.support.world import WIB, World

MONDAY = datetime(2026, 6, 8, 10, tzinfo=WIB)  # the next holiday is Tuesday the 16th


class Play:
    """`now` moves only when a test moves it."""

    def __init__(self, world: World, now: datetime = MONDAY) -> None:
        self.world, self.now = world, now

    def later(self, **gap: int) -> None:
        self.now += timedelta(**gap)

    @contextmanager
    def by(self, name: str) -> Iterator[tuple[Session, Actor]]:
        with transaction() as session:
            yield session, self.world.actor(session, name)

    def form(self, session: Session, report_id: int, key: str = "") -> Form:
        return Form(report_id, session.get_one(Report, report_id).version, key)

    def agency(self, name: str | None) -> int | None:
        return None if name is None else self.world.agencies[name]

    # Arrival and the central desk.

    def file(self, by: str | None = "warga", **more: object) -> int:
        with transaction() as session:
            return self.world.filed(session, self.now, by=by, **more)

    def record(self, by: str) -> int:
        """A report that an officer typed in for a reporter who came by."""
        with self.by(by) as (session, actor):
            filing = Filing(
                text="Pelapor menyampaikan bahwa lampu jalan padam.",
                title="Lampu jalan padam",
                source=Channel.FACE_TO_FACE,
            )
            return recording.record_report(session, actor, "", filing, FilingPerson(), self.now)

    def verify(self, report_id: int, to: str) -> None:
        with transaction() as session:
            self.world.verify(session, report_id, self.now, to=to)

    def verify_as(self, report_id: int, *, title: str, text: str, to: str = "a", **more: object) -> None:
        """Dispatch with a title and text of the desk's own, and whatever else it decides."""
        with self.by("pusat") as (session, actor):
            decision = verification.VerificationData(
                title=title,
                text=text,
                agency_id=self.agency(to),
                **{"category_id": self.world.category, "classification": Classification.UNSUPERVISED, **more},  # type: ignore[arg-type]
            )
            verification.verify(session, actor, self.form(session, report_id), decision, self.now)

    def verified(self, to: str = "a", **more: object) -> int:
        with transaction() as session:
            return self.world.verified(session, self.now, to=to, **more)  # type: ignore[arg-type]

    def in_progress(self, to: str = "a", **more: object) -> int:
        report_id = self.verified(to, **more)
        self.follow_up(report_id, by=to)
        return report_id

    def ask_details(self, report_id: int, by: str = "pusat") -> None:
        with self.by(by) as (session, actor):
            verification.ask_details(
                session, actor, self.form(session, report_id), "Di jalan apa, dan sejak kapan?", self.now
            )

    def archive(self, report_id: int, by: str = "pusat", reason: str = "unclear") -> None:
        with self.by(by) as (session, actor):
            verification.archive(
                session,
                actor,
                self.form(session, report_id),
                reason,
                "Tidak dapat ditindaklanjuti.",
                self.now,
            )

    def redirect(self, report_id: int, by: str, to: str) -> None:
        with self.by(by) as (session, actor):
            verification.redirect(session, actor, self.form(session, report_id), self.agency(to), self.now)

    def correct(self, report_id: int, by: str, **changes: object) -> None:
        with self.by(by) as (session, actor):
            correction = verification.Correction(**changes)  # type: ignore[arg-type]
            verification.correct(session, actor, self.form(session, report_id), correction, self.now)

    # The holder.

    def follow_up(self, report_id: int, by: str, *, secret: bool = False) -> None:
        with self.by(by) as (session, actor):
            form = self.form(session, report_id)
            handling.follow_up(session, actor, form, "Sedang kami tangani.", self.now, secret=secret)

    def forward(self, report_id: int, by: str, to: str, copies: tuple[str, ...] = ()) -> None:
        with self.by(by) as (session, actor):
            keys = tuple(self.world.agencies[name] for name in copies)
            form = self.form(session, report_id)
            handling.forward(session, actor, form, self.agency(to), self.now, copy_ids=keys)

    def comment(self, report_id: int, by: str) -> None:
        with self.by(by) as (session, actor):
            handling.comment(session, actor, self.form(session, report_id), "Mohon dicek bersama.", self.now)

    def attach(self, report_id: int, by: str, name: str = "denah.txt", content: bytes = b"denah") -> int:
        """A comment with a file; the file's key."""
        with self.by(by) as (session, actor):
            new = [uploads.inspect(name, content, Sender.OFFICER, limit=10**7)]
            names = uploads.reserve(session, actor, new, report_id, self.now)
        storage().put(names[0], new[0].content)
        with self.by(by) as (session, actor):
            form = self.form(session, report_id)
            handling.comment(session, actor, form, "Terlampir denahnya.", self.now, files=names)
            return session.scalars(select(Attachment.id).where(Attachment.stored_name == names[0])).one()

    def answer_with_file(self, report_id: int, by: str = "a1") -> int:
        """A follow-up with a file; the file's key."""
        with self.by(by) as (session, actor):
            new = [uploads.inspect("denah.txt", b"denah", Sender.OFFICER, limit=10**7)]
            names = uploads.reserve(session, actor, new, report_id, self.now)
        storage().put(names[0], new[0].content)
        with self.by(by) as (session, actor):
            form = self.form(session, report_id)
            handling.follow_up(session, actor, form, "Terlampir denahnya.", self.now, files=names)
            return session.scalars(select(Attachment.id).where(Attachment.stored_name == names[0])).one()

    # Requests and decisions.

    def ask(
        self, report_id: int, by: str, action: Action, suggest: str | None = None, days: int | None = 3
    ) -> int:
        """days: for what carries days."""
        with self.by(by) as (session, actor):
            request = requests.ask(
                session,
                actor,
                self.form(session, report_id),
                action,
                self.now,
                reason="" if suggest else "Masih perlu waktu.",
                values={Carry.SUGGESTION: self.agency(suggest), Carry.DAYS: days},
            )
            assert request is not None
            return request.id

    def accept(self, request_id: int, by: str, to: str | None = None) -> None:
        with self.by(by) as (session, actor):
            requests.accept(session, actor, request_id, self.now, agency_id=self.agency(to))

    def reject(self, request_id: int, by: str, answer: str = "Belum perlu.") -> None:
        with self.by(by) as (session, actor):
            requests.reject(session, actor, request_id, answer, self.now)

    def withdraw(self, request_id: int, by: str) -> None:
        with self.by(by) as (session, actor):
            requests.withdraw(session, actor, request_id, self.now)

    def decide(self, report_id: int, by: str, action: Action, days: int | None = 3) -> None:
        """days: for what carries days."""
        with self.by(by) as (session, actor):
            form, values = self.form(session, report_id), {Carry.DAYS: days}
            decisions.decide(session, actor, form, action, "Sudah diperiksa.", self.now, values=values)

    # The reporter.

    def reply(self, report_id: int, by: str = "warga") -> None:
        with self.by(by) as (session, actor):
            reporter_contributions.reply(
                session, actor, self.form(session, report_id), "Belum selesai, Pak.", self.now
            )

    def complete(self, report_id: int, by: str = "warga") -> None:
        with self.by(by) as (session, actor):
            reporter_contributions.complete(
                session, actor, self.form(session, report_id), "Di Jalan Melati.", self.now
            )

    def close_own(self, report_id: int, by: str = "warga") -> None:
        with self.by(by) as (session, actor):
            reporter_contributions.close(
                session, actor, self.form(session, report_id), "Sudah selesai.", self.now
            )

    def withdraw_own(self, report_id: int, by: str = "warga") -> None:
        with self.by(by) as (session, actor):
            reporter_contributions.withdraw(
                session, actor, self.form(session, report_id), "Saya batalkan.", self.now
            )

    # Other citizens.

    def remark(self, report_id: int, by: str = "warga2", body: str = "Di tempat saya juga.") -> int:
        """A comment that waits for moderation; its key."""
        with self.by(by) as (session, actor):
            written = remarks.write(session, actor, Form(report_id, 0), body, self.now)
            assert written is not None
            return written.id

    def moderate(self, remark_id: int, by: str, state: CommentState = CommentState.SHOWN) -> None:
        with self.by(by) as (session, actor):
            remarks.moderate(session, actor, remark_id, state, self.now)

    # Between agencies.

    def upload(self, by: str, name: str, content: bytes) -> list[str]:
        """A file that waits for its message; its stored name."""
        with self.by(by) as (session, actor):
            new = [uploads.inspect(name, content, Sender.OFFICER, limit=10**7)]
            names = uploads.reserve(session, actor, new, None, self.now)
        storage().put(names[0], new[0].content)
        return names

    def write(
        self,
        by: str,
        body: str = "Mohon laporkan jadwal petugas.",
        *,
        to: tuple[str, ...] = (),
        title: str = "Jadwal petugas",
        to_all: bool = False,
        announcement: bool = False,
        files: Sequence[str] = (),
    ) -> int:
        """A message; the key of its post."""
        keys = tuple(self.world.agencies[name] for name in to)
        draft = messages.Draft(body, title, keys, to_all, announcement, files)
        with self.by(by) as (session, actor):
            post = messages.send(session, actor, draft, self.now)
            assert post is not None
            return post.id

    def run_jobs(self) -> str:
        return expire_clocks(self.now)

    # What is true now.

    def report(self, report_id: int) -> Report:
        with transaction() as session:
            report = session.get_one(Report, report_id, populate_existing=True)
            session.expunge(report)
            return report

    def chain(self, report_id: int) -> list[str]:
        names = {key: name for name, key in self.world.agencies.items()}
        with transaction() as session:
            return [names[link.agency_id] for link in chains(session, [report_id])[report_id]]

    def kinds(self, report_id: int) -> list[EventKind]:
        with transaction() as session:
            return list(
                session.scalars(select(Event.kind).where(Event.report_id == report_id).order_by(Event.seq))
            )

    def clocks(self, report_id: int) -> list[ReportClock]:
        with transaction() as session:
            found = list(
                session.scalars(
                    select(ReportClock).where(ReportClock.report_id == report_id).order_by(ReportClock.id)
                )
            )
            session.expunge_all()
            return found

    def request(self, request_id: int) -> Request:
        with transaction() as session:
            request = session.get_one(Request, request_id)
            session.expunge(request)
            return request

    def sees(self, report_id: int) -> dict[str, set[str]]:
        """Agency -> the tabs in which it sees the report, "+" before those that are its own."""
        names = {key: name for name, key in self.world.agencies.items()}
        with transaction() as session:
            rows = stored(session, report_id)
            assert rows == expected(session, session.get_one(Report, report_id))
        found: dict[str, set[str]] = {}
        for row in rows:
            own = "+" if row.reach == 0 else ""
            copy = "*" if row.basis == 1 else ""
            found.setdefault(names[row.agency_id], set()).add(f"{own}{row.tab.value}{copy}")
        return found
