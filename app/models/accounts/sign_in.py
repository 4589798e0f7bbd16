"""What signing in rests on besides the account: links in mails, recovery codes, counts of tries, demands."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts.account import Account
from app.models.agencies.agency import Agency
from app.models.base import Model, Short, UtcDateTime, code, key
from app.rules.accounts.people import LinkPurpose


class AccountLink(Model):
    """A link that was mailed, or is about to be: good once, for a time, and while `stamp` holds.

    Its token is made at delivery from `nonce` and the installation's secret, and kept only as a hash.
    """

    __tablename__ = "account_link"
    __table_args__ = {"comment": "One-time links in mails: passwords, addresses, invitations"}

    id: Mapped[key]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, comment="Whose link it is")
    purpose: Mapped[LinkPurpose] = mapped_column(code(LinkPurpose), comment="What it is for")
    nonce: Mapped[str] = mapped_column(String(64), comment="Random; the token is made from it and a secret")
    stamp: Mapped[str] = mapped_column(
        String(64), comment="Digest of password, e-mail and status when it was made: it dies with any of them"
    )
    email: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="The address to be confirmed, or the one to come back"
    )
    phone: Mapped[str] = mapped_column(
        String(32), default="", server_default="", comment="Of an undo: the telephone to come back, or empty"
    )
    totp_nonce: Mapped[str] = mapped_column(
        String(64),
        default="",
        server_default="",
        comment="Of an undo: the second step to come back, or empty",
    )
    agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), index=True, comment="Of an invitation: where to work"
    )
    role: Mapped[str] = mapped_column(
        String(64), default="", server_default="", comment="Of an invitation: the role's name"
    )
    inviter_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="Of an invitation: who invites"
    )
    token_hash: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="SHA-256 of the token; NULL until it was delivered"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was asked for, UTC")
    expires_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, index=True, comment="Not good from then on, UTC; NULL until it was delivered"
    )

    account: Mapped[Account] = relationship(foreign_keys=[user_id])
    agency: Mapped[Agency | None] = relationship(foreign_keys=[agency_id])
    inviter: Mapped[Account | None] = relationship(foreign_keys=[inviter_id])


class FormerAddress(Model):
    """The address that an account had until some time: what was caused before still goes there.

    It is emptied when no letter is so old any more; the row stays, and so does that time.
    """

    __tablename__ = "former_address"
    __table_args__ = {"comment": "Addresses that accounts had before, emptied after a month"}

    id: Mapped[key]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, comment="Whose it was")
    email: Mapped[str] = mapped_column(Short, default="", server_default="", comment="E-mail, or empty")
    phone: Mapped[str] = mapped_column(
        String(32), default="", server_default="", comment="Telephone in E.164 form, or empty"
    )
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="When another came, UTC")


class RecoveryCode(Model):
    """A code that stands in once for the authenticator; used ones are gone."""

    __tablename__ = "recovery_code"
    __table_args__ = {"comment": "Unused recovery codes of the second step, as hashes"}

    id: Mapped[key]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, comment="Whose code it is")
    code_hash: Mapped[str] = mapped_column(String(64), comment="SHA-256 of the code")


class Tries(Model):
    """How often something was tried in a window of time, by a hash that names nobody."""

    __tablename__ = "tries"
    __table_args__ = {"comment": "Counts of tries for rate limits, by a hash; old rows are swept"}

    key_hash: Mapped[str] = mapped_column(
        String(64), primary_key=True, comment="SHA-256 of what is limited and for whom"
    )
    number: Mapped[int] = mapped_column(comment="Tries since the window began")
    since: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="When the window began, UTC")


class FailedSignIn(Model):
    """How often signing in failed on a day, by name and by place: hashes that name nobody."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (
        Index("ix_failed_sign_in_user_id", "user_id"),
        Index("ix_failed_sign_in_last_at", "last_at"),
        {"comment": "Failed tries at signing in by day, name and place, as keyed hashes; swept"},
    )

    day: Mapped[date] = mapped_column(primary_key=True, comment="The day, in WIB")
    place_hash: Mapped[str] = mapped_column(
        String(64), primary_key=True, comment="Keyed hash of the place that it came from"
    )
    name_hash: Mapped[str] = mapped_column(
        String(64), primary_key=True, comment="Keyed hash of the name that was typed"
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="Whose name it is; NULL when nobody has it"
    )
    number: Mapped[int] = mapped_column(comment="Failures on that day")
    told: Mapped[int] = mapped_column(comment="How many of them the owner was told of")
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When the owner was told last, UTC")
    first_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="The first of them, UTC")
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="The last of them, UTC")


class RoleDemand(Model):
    """What a role asks of whoever holds it; no row asks nothing."""

    __tablename__ = "role_demand"
    __table_args__ = {"comment": "What central admins demand of holders of a role"}

    role_id: Mapped[int] = mapped_column(
        ForeignKey("ab_role.id", ondelete="CASCADE"), primary_key=True, comment="The role"
    )
    second_step: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Whether its holders must sign in with a second step"
    )
