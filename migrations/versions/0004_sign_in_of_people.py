"""Links in mails, a second step with recovery codes, ends of sessions, and counts of tries.

Names are looked up in lower case at every sign-in: an index for each spares reading all accounts.

Revision: 0004, after 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tries",
        sa.Column(
            "key_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of what is limited and for whom",
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="Tries since the window began"),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False, comment="When the window began, UTC"),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_tries")),
        comment="Counts of tries for rate limits, by a hash; old rows are swept",
    )
    op.create_index(op.f("ix_tries_since"), "tries", ["since"], unique=False)

    op.create_table(
        "role_demand",
        sa.Column("role_id", sa.Integer(), nullable=False, comment="The role"),
        sa.Column(
            "second_step",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Whether its holders must sign in with a second step",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["ab_role.id"], name=op.f("fk_role_demand_role_id_ab_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("role_id", name=op.f("pk_role_demand")),
        comment="What central admins demand of holders of a role",
    )
    op.create_table(
        "account_link",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="Primary key"
        ),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Whose link it is"),
        sa.Column(
            "purpose",
            sa.Enum(
                "first_password",
                "password",
                "email",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What it is for",
        ),
        sa.Column(
            "nonce",
            sa.String(length=64),
            nullable=False,
            comment="Random; the token is made from it and a secret",
        ),
        sa.Column(
            "stamp",
            sa.String(length=64),
            nullable=False,
            comment="Digest of password, e-mail and status when it was made: it dies with any of them",
        ),
        sa.Column(
            "email",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="The new address that waits to be confirmed, or empty",
        ),
        sa.Column(
            "token_hash",
            sa.String(length=64),
            nullable=True,
            comment="SHA-256 of the token; NULL until it was delivered",
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, comment="When it was asked for, UTC"
        ),
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Not good from then on, UTC; NULL until it was delivered",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_account_link_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_link_token_hash")),
        comment="One-time links in mails: first and forgotten password, new e-mail",
    )
    op.create_index(op.f("ix_account_link_expires_at"), "account_link", ["expires_at"], unique=False)
    op.create_index(op.f("ix_account_link_user_id"), "account_link", ["user_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="Primary key"
        ),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Whose code it is"),
        sa.Column("code_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the code"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_recovery_code_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        comment="Unused recovery codes of the second step, as hashes",
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"], unique=False)

    op.add_column(
        "ab_user",
        sa.Column(
            "session_stamp",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="Renewed to end every session of the account",
        ),
    )
    op.add_column(
        "ab_user",
        sa.Column(
            "seen_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="A request of a session, to a few minutes, UTC",
        ),
    )
    op.add_column(
        "ab_user",
        sa.Column(
            "totp_nonce",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="The authenticator's secret is made from it and the installation's; empty without one",
        ),
    )
    op.add_column(
        "ab_user",
        sa.Column(
            "totp_step",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Time step of the last code that was taken: none is taken twice",
        ),
    )

    op.create_index("ix_ab_user_username_lower", "ab_user", [sa.text("lower(username)")])
    op.create_index("ix_ab_user_email_lower", "ab_user", [sa.text("lower(email)")])


def downgrade() -> None:
    op.drop_index("ix_ab_user_email_lower", "ab_user")
    op.drop_index("ix_ab_user_username_lower", "ab_user")
    op.drop_column("ab_user", "totp_step")
    op.drop_column("ab_user", "totp_nonce")
    op.drop_column("ab_user", "seen_at")
    op.drop_column("ab_user", "session_stamp")

    op.drop_index("ix_recovery_code_user_id", "recovery_code")

    op.drop_table("recovery_code")
    op.drop_index("ix_account_link_user_id", "account_link")
    op.drop_index("ix_account_link_expires_at", "account_link")

    op.drop_table("account_link")
    op.drop_table("role_demand")
    op.drop_index("ix_tries_since", "tries")

    op.drop_table("tries")
