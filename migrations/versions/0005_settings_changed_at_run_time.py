"""Settings of the system that central admins change at run time.

Revision: 0005, after 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "system_setting",
        sa.Column("name", sa.String(length=32), nullable=False, comment="Which setting, as in config.py"),
        sa.Column("value", sa.String(length=64), nullable=False, comment="Its value as text"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_system_setting")),
        comment="Settings changed at run time; without a row the environment's holds",
    )


def downgrade() -> None:
    op.drop_table("system_setting")
