"""The audit log of changes that are no report's history, and the outbox's indexes for its two ends.

What was told is removed after a time, and what was given up is shown to central admins: neither may
read the whole outbox.

Revision: 0003, after 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Primary key",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="When, UTC"),
        sa.Column(
            "user_id", sa.Integer(), nullable=True, comment="Who; NULL for the system and guests"
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Their agency at the time",
        ),
        sa.Column(
            "action", sa.String(length=64), nullable=False, comment="What was done, a stable code"
        ),
        sa.Column(
            "object_kind",
            sa.String(length=32),
            nullable=False,
            comment="What kind of thing it was done to",
        ),
        sa.Column(
            "object_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Key of that thing, which may be gone",
        ),
        sa.Column(
            "data",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Keys and codes of what changed",
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_audit_log_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_audit_log_user_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
        comment="Changes of accounts, roles and settings, append-only",
    )
    op.create_index(op.f("ix_audit_log_at"), "audit_log", ["at"])
    op.create_index(
        "ix_audit_log_object_kind_object_id_at", "audit_log", ["object_kind", "object_id", "at"]
    )
    op.create_index(op.f("ix_audit_log_user_id"), "audit_log", ["user_id"])
    for name, column in (("ix_outbox_told", "sent_at"), ("ix_outbox_dead", "dead_at")):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "outbox", [column], sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    op.drop_index("ix_outbox_dead", "outbox")
    op.drop_index("ix_outbox_told", "outbox")
    op.drop_table("audit_log")
