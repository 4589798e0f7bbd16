"""The small world of the tests, after the cases' conventions: root P; A with A1, A2, A3; B with B1.

Everyone has an officer but A3. All of it is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_appbuilder.security.sqla.models import Role as FabRole
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.access.actor import Actor, actor_of
from app.access.tree import root_id
from app.models import Account, Agency, Category, Report, Reporter
from app.models.accounts.security import ours, permission_rows
from app.rules.accounts.roles import Role
from app.rules.reports.codes import Channel, Classification
from app.services.agencies import management
from app.services.citizens.filing import Filing, file_report
from app.services.reports.handling import follow_up
from app.services.reports.locked_report import Form
from app.services.reports.verification import VerificationData, verify

WIB = ZoneInfo("Asia/Jakarta")
BEGINNING = datetime(2026, 1, 5, 2, tzinfo=UTC)
PASSWORD = "Sandi-Uji-2026"
AHEAD = datetime(2200, 1, 1, tzinfo=UTC)  # seen so late that no request notes it: GETs write nothing here
TREE: Mapping[str, tuple[str, str | None]] = {
    "a": ("Instansi A", "root"),
    "a1": ("Unit A1", "a"),
    "a2": ("Unit A2", "a"),
    "a3": ("Unit A3", "a"),
    "b": ("Instansi B", "root"),
    "b1": ("Unit B1", "b"),
}
PEOPLE: Mapping[str, tuple[Role, str | None]] = {
    "pusat": (Role.CENTRAL, "root"),
    "pusat2": (Role.CENTRAL, "root"),
    "supervisor": (Role.SUPERVISOR, "root"),
    "statistik": (Role.STATISTICIAN, "root"),
    "a": (Role.COORDINATOR, "a"),
    "a1": (Role.OFFICER, "a1"),
    "a1b": (Role.OFFICER, "a1"),
    "a2": (Role.OFFICER, "a2"),
    "b": (Role.COORDINATOR, "b"),
    "b1": (Role.OFFICER, "b1"),
    "warga": (Role.REPORTER, None),
    "warga2": (Role.REPORTER, None),
}


def build(session: Session, method: str) -> None:
    """Enter the agencies and people; done once, in the template."""
    ids = {"root": root_id(session)}
    for name, (title, parent) in TREE.items():
        ids[name] = management.create(session, title, ids[parent or "root"], BEGINNING, alias=name.upper()).id
    roles = {role.name: role for role in session.scalars(select(FabRole))}
    password = generate_password_hash(PASSWORD, method=method)
    for name, (role, agency) in PEOPLE.items():
        account = Account(
            first_name=f"Petugas {name.upper()}" if agency else f"Warga {name.upper()}",
            last_name="",
            username=f"akun-{name}",
            email=f"{name}@contoh.example.com",
            password=password,
            active=True,
            agency_id=ids[agency] if agency else None,
            seen_at=AHEAD,
            roles=[roles[role.value]],
        )
        session.add(account)
        session.flush()
        if agency is None:
            session.add(
                Reporter(
                    user_id=account.id, name=account.first_name, email=account.email, created_at=BEGINNING
                )
            )


@dataclass(frozen=True)
class World:
    """Keys of agencies by their short names, and what tests do all the time."""

    agencies: Mapping[str, int]
    category: int

    @classmethod
    def read(cls, session: Session) -> World:
        by_name = {name: key for key, name in session.execute(select(Agency.id, Agency.name))}
        found = {short: by_name[title] for short, (title, _) in TREE.items()}
        category = session.scalars(
            select(Category.id).where(Category.retired_at.is_(None), Category.parent_id.is_not(None)).limit(1)
        ).one()
        return cls({"root": root_id(session), **found}, category)

    def __getattr__(self, name: str) -> int:
        try:
            return self.agencies[name]
        except KeyError:
            raise AttributeError(name) from None

    def account(self, session: Session, name: str) -> Account:
        return session.scalars(select(Account).where(Account.username == f"akun-{name}")).one()

    def actor(self, session: Session, name: str) -> Actor:
        account = self.account(session, name)
        rows = session.execute(permission_rows([role.id for role in account.roles]))
        return actor_of(account, ours([(menu, name) for menu, name in rows]))

    def filed(self, session: Session, now: datetime, *, by: str | None = "warga", **more: object) -> int:
        """A new report's key; `by` names the citizen who files it."""
        reporter = None
        if by is not None:
            account = self.account(session, by)
            reporter = session.scalars(select(Reporter).where(Reporter.user_id == account.id)).one()
        filing = Filing(
            **{"text": "Lampu jalan di depan balai desa padam.", "source": Channel.WEBSITE, **more}
        )  # type: ignore[arg-type]
        actor = self.actor(session, by) if by else Actor()
        return file_report(session, actor, filing, now, reporter=reporter).id

    def verified(
        self, session: Session, now: datetime, *, to: str = "a", copies: tuple[str, ...] = (), **more: object
    ) -> int:
        """A report that the root has dispatched to `to`."""
        return self.verify(session, self.filed(session, now, **more), now, to=to, copies=copies)

    def verify(
        self, session: Session, report_id: int, now: datetime, *, to: str = "a", copies: tuple[str, ...] = ()
    ) -> int:
        """Dispatch a new report to `to`."""
        verify(
            session,
            self.actor(session, "pusat"),
            Form(report_id, session.get_one(Report, report_id).version),
            VerificationData(
                title="Lampu jalan padam",
                text="Lampu jalan di depan balai desa padam.",
                category_id=self.category,
                classification=Classification.UNSUPERVISED,
                agency_id=self.agencies[to],
                copy_ids=tuple(self.agencies[name] for name in copies),
            ),
            now,
        )
        return report_id

    def followed_up(self, session: Session, now: datetime, *, to: str = "a", **more: object) -> int:
        """A report that `to` has followed up."""
        report_id = self.verified(session, now, to=to, **more)
        follow_up(session, self.actor(session, to), Form(report_id, 2), "Sedang kami perbaiki.", now)
        return report_id
