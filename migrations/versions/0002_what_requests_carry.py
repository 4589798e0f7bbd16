"""What a request carries beside its reason and an agency: numbers, by name.

Revision: 0002, after 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "request",
        sa.Column(
            "carried",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="What else this kind of request carries, by name",
        ),
    )


def downgrade() -> None:
    op.drop_column("request", "carried")
