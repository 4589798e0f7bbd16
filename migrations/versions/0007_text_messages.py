"""Text messages that came in, each taken once, and telephones that want no more of them.

Revision: 0007, after 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COMMANDS = ("file", "status", "reply", "close", "reopen", "stop", "start", "help")
ANSWERS = (
    "filed", "status", "replied", "completed", "closed", "reopen_asked", "stopped", "started", "help",
    "no_keyword", "too_long", "not_yours", "not_now", "too_many", "none",
)  # fmt: skip


def _code(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "quiet_phone",
        sa.Column("phone", sa.String(length=32), nullable=False, comment="In E.164 form"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="When it asked, UTC"),
        sa.PrimaryKeyConstraint("phone", name=op.f("pk_quiet_phone")),
        comment="Telephones that asked for no more messages",
    )
    op.create_table(
        "sms_message",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column(
            "gateway_id",
            sa.String(length=255),
            nullable=False,
            comment="The gateway's name for it: delivered twice, it is one message",
        ),
        sa.Column(
            "phone", sa.String(length=32), nullable=False, comment="Telephone that sent it, in E.164 form"
        ),
        sa.Column("command", _code("command", COMMANDS), nullable=False, comment="What it asked for"),
        sa.Column("answer", _code("answer", ANSWERS), nullable=False, comment="What is answered"),
        sa.Column("report_id", KEY, nullable=True, comment="The report that it is about"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="When it came in, UTC"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_sms_message_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_message")),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_sms_message_gateway_id")),
        comment="Text messages that came in, kept for some days",
    )
    op.create_index("ix_sms_message_at", "sms_message", ["at"])
    op.create_index("ix_sms_message_phone", "sms_message", ["phone", "at"])
    op.create_index("ix_sms_message_report_id", "sms_message", ["report_id"])


def downgrade() -> None:
    op.drop_table("sms_message")
    op.drop_table("quiet_phone")
