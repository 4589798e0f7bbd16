"""Programs that call the API, and the tokens that they hold: all secrets as hashes alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts.account import Account
from app.models.base import Json, Model, Short, UtcDateTime, code, key
from app.rules.channels.api import PER_MINUTE, REDIRECT_MAX, ClientKind


class ApiClient(Model):
    """A mobile app or a partner's system. A partner has a secret, which is its `api_key` as well; an app
    has none, since whoever installs it could read it."""

    __tablename__ = "api_client"
    __table_args__ = (
        CheckConstraint("(secret_hash IS NOT NULL) = (kind = 'partner')", name="partners_have_secrets"),
        CheckConstraint("per_minute > 0", name="some_calls"),
        {"comment": "Programs that may call the API (Mitra API)"},
    )

    id: Mapped[key]
    client_id: Mapped[str] = mapped_column(String(64), unique=True, comment="Public name, random")
    name: Mapped[str] = mapped_column(Short, comment="As people read it, on cards and the consent page")
    kind: Mapped[ClientKind] = mapped_column(code(ClientKind), comment="An app, or a partner's system")
    scopes: Mapped[list[str]] = mapped_column(
        Json, default=list, server_default=text("'[]'"), comment="What its tokens may be good for"
    )
    redirect_uris: Mapped[list[str]] = mapped_column(
        Json, default=list, server_default=text("'[]'"), comment="Where an app may be called back"
    )
    secret_hash: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="SHA-256 of a partner's secret"
    )
    per_minute: Mapped[int] = mapped_column(
        default=PER_MINUTE, server_default=str(PER_MINUTE), comment="Calls in a minute; of an app, by account"
    )
    active: Mapped[bool] = mapped_column(
        default=True, server_default=true(), comment="Whether it may call at all"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was entered, UTC")
    secret_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When its present secret was made, UTC"
    )


class ApiCode(Model):
    """What an app exchanges for its first tokens, once: somebody has just said yes."""

    __tablename__ = "api_code"
    __table_args__ = {"comment": "Authorization codes that wait to be exchanged, some minutes"}

    id: Mapped[key]
    code_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256 of the code")
    client_id: Mapped[int] = mapped_column(ForeignKey("api_client.id"), index=True, comment="Which app")
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, comment="Who said yes")
    scopes: Mapped[list[str]] = mapped_column(Json, comment="To what")
    redirect_uri: Mapped[str] = mapped_column(String(REDIRECT_MAX), comment="Where the app was called back")
    challenge: Mapped[str] = mapped_column(String(128), comment="PKCE: SHA-256 of what the app must show")
    stamp: Mapped[str] = mapped_column(
        String(64), comment="Of the account's password and stamp: it dies with them"
    )
    family: Mapped[str] = mapped_column(String(32), unique=True, comment="Of the tokens that come of it")
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="Not good then, UTC")
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was exchanged, UTC")

    client: Mapped[ApiClient] = relationship(foreign_keys=[client_id])
    account: Mapped[Account] = relationship(foreign_keys=[user_id])


class ApiToken(Model):
    """An access token, with the refresh token that was given out beside it.

    Each refresh makes a new row of the same family; a refresh token that is shown twice was stolen by
    somebody, and ends its family.
    """

    __tablename__ = "api_token"
    __table_args__ = {"comment": "Tokens of the API, as hashes; old rows are swept"}

    id: Mapped[key]
    access_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256 of the access token")
    refresh_hash: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="SHA-256 of the refresh token"
    )
    family: Mapped[str] = mapped_column(String(32), index=True, comment="All that came of one consent")
    client_id: Mapped[int] = mapped_column(ForeignKey("api_client.id"), index=True, comment="Whose it is")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, comment="For whom it acts; NULL for a partner itself"
    )
    scopes: Mapped[list[str]] = mapped_column(Json, comment="What it is good for")
    stamp: Mapped[str] = mapped_column(
        String(64),
        default="",
        server_default="",
        comment="Of the account's password and stamp: it dies with them",
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was given out, UTC")
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When the access token ends, UTC")
    ends_at: Mapped[datetime] = mapped_column(
        UtcDateTime, index=True, comment="When the refresh token ends too, and the row may go, UTC"
    )
    refreshed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When the refresh token was used, UTC"
    )
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was taken back, UTC")

    client: Mapped[ApiClient] = relationship(foreign_keys=[client_id])
    account: Mapped[Account | None] = relationship(foreign_keys=[user_id])
