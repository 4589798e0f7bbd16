"""Messages between agencies (manual 6.13). What one officer wrote once is one row, whoever receives it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Model, Short, UtcDateTime, key


class Post(Model):
    """What an officer wrote for their agency. With `to_all` every agency below reads it: one row, no more."""

    __tablename__ = "post"
    __table_args__ = (
        Index(
            "ix_post_broadcast",
            "agency_id",
            "id",
            sqlite_where=text("to_all = 1"),
            postgresql_where=text("to_all"),
        ),
        {"comment": "Texts of messages between agencies"},
    )

    id: Mapped[key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), comment="The agency that writes")
    user_id: Mapped[int] = mapped_column(
        ForeignKey("ab_user.id"), comment="Its officer, shown to that agency alone"
    )
    title: Mapped[str] = mapped_column(Short, default="", server_default="", comment="Judul Pesan, or empty")
    text: Mapped[str] = mapped_column(Text, comment="Isi Pesan")
    to_all: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="An announcement to all agencies below"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")


class Conversation(Model):
    """Two agencies write to each other; an announcement takes no answer."""

    __tablename__ = "conversation"
    __table_args__ = (
        CheckConstraint("from_agency_id <> to_agency_id", name="two_agencies"),
        {"comment": "Conversations between two agencies"},
    )

    id: Mapped[key]
    from_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), comment="Who began it")
    to_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), comment="Whom it was sent to")
    opening_id: Mapped[int] = mapped_column(ForeignKey("post.id"), comment="The post that began it")
    announcement: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Takes no answer"
    )


class Message(Model):
    """A post of a conversation."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_post", "post_id"),
        {"comment": "Posts of conversations"},
    )

    conversation_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("conversation.id"), primary_key=True, comment="The conversation"
    )
    post_id: Mapped[int] = mapped_column(BigKey, ForeignKey("post.id"), primary_key=True, comment="The post")


class ConversationSide(Model):
    """A conversation as one of its agencies has it: read or not is the agency's, not the officer's."""

    __tablename__ = "conversation_side"
    __table_args__ = (
        CheckConstraint("(read_at IS NULL) = (read_user_id IS NULL)", name="read_by_somebody"),
        Index("ix_conversation_side_newest", "agency_id", "last_post_id", "conversation_id"),
        Index(
            "ix_conversation_side_unread",
            "agency_id",
            sqlite_where=text("unread = 1"),
            postgresql_where=text("unread"),
        ),
        {"comment": "The two sides of each conversation"},
    )

    conversation_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("conversation.id"), primary_key=True, comment="The conversation"
    )
    agency_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("agency.id"), primary_key=True, comment="One of its two agencies"
    )
    last_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), comment="Its newest post")
    unread: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Nobody of the agency has marked the newest as read"
    )
    read_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="Who marked it as read last"
    )
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When, UTC")


class BroadcastMark(Model):
    """An agency has read the announcements from above up to this one: the newest row is its watermark."""

    __tablename__ = "broadcast_mark"
    __table_args__ = {"comment": "How far agencies have read the announcements from above"}

    agency_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("agency.id"), primary_key=True, comment="The agency"
    )
    upto_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("post.id"), primary_key=True, comment="The newest announcement that was read"
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), comment="Who marked it")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")
