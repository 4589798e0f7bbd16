"""Accounts: Flask-AppBuilder's user with what an officer of an agency has besides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User as FabUser
from sqlalchemy import ForeignKey, Index, String, false, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agencies.agency import Agency
from app.models.base import BigKey, UtcDateTime, code
from app.models.reports.reporter import Reporter
from app.rules.accounts.genders import Gender


@dataclass(frozen=True)
class OpenSession:
    """The session of this request: its row's key, and from when to when it has lasted, UTC."""

    id: int
    started_at: datetime
    seen_at: datetime


NOT_READ: frozenset[tuple[str, str]] | None = None
NO_SESSION: OpenSession | None = None


class Account(FabUser):
    """One account has one agency and one hat. Citizens have none; `full name` stands in first_name."""

    __tablename__ = "ab_user"
    __table_args__ = {"extend_existing": True}

    agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), index=True, comment="The officer's agency; NULL for citizens"
    )
    phone: Mapped[str] = mapped_column(
        String(32), default="", server_default="", comment="Telephone in E.164 form, or empty"
    )
    gender: Mapped[Gender | None] = mapped_column(code(Gender), comment="As given at registration")
    birth_date: Mapped[date | None] = mapped_column(comment="As given at registration")
    must_change_password: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="True until the first password was replaced"
    )

    locked_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="No sign-in before, after too many failures, UTC"
    )

    session_stamp: Mapped[str] = mapped_column(
        String(32), default="", server_default="", comment="Renewed to end every session of the account"
    )
    seen_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="A request of a session, to a few minutes, UTC"
    )
    totp_nonce: Mapped[str] = mapped_column(
        String(64),
        default="",
        server_default="",
        comment="The authenticator's secret is made from it and the installation's; empty without one",
    )
    totp_step: Mapped[int | None] = mapped_column(
        BigKey, comment="Time step of the last code that was taken: none is taken twice"
    )

    agency: Mapped[Agency | None] = relationship(foreign_keys=[agency_id])
    reporter: Mapped[Reporter | None] = relationship(foreign_keys="Reporter.user_id", viewonly=True)

    # Set for the account of a session: what its roles allow, as Flask-AppBuilder writes it, and whether one
    # of them demands a second step.
    permission_names = NOT_READ
    second_step_demanded = False
    # The browser's session by which it was found, None for an account found in another way.
    at_browser = NO_SESSION

    @property
    def was_entered(self) -> bool:
        """Whether its owner was ever in: from then on its ways in are theirs alone to change."""
        return self.last_login is not None or (bool(self.password) and not self.must_change_password)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


# Names are looked up in lower case, at every sign-in.
Index("ix_ab_user_username_lower", func.lower(Account.username))
Index("ix_ab_user_email_lower", func.lower(Account.email))
