"""Attachments know who uploaded them, and may wait for the report that they come with.

A file is uploaded before its form is taken: for a new report there is no key yet.

Revision: 0002, after 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REPORT_COMMENTS = (
    "The report whose scope guards the file",
    "The report whose scope guards the file; NULL while it is still to be filed",
)
READY = "report_id IS NOT NULL OR state <> 'ready'"


def upgrade() -> None:
    with op.batch_alter_table("attachment") as batch_op:
        batch_op.add_column(
            sa.Column(
                "uploader_user_id",
                sa.Integer(),
                nullable=True,
                comment="Who uploaded it, and alone may send it; NULL for a guest",
            )
        )
        batch_op.alter_column(
            "report_id",
            existing_type=sa.Integer(),
            nullable=True,
            comment=REPORT_COMMENTS[1],
            existing_comment=REPORT_COMMENTS[0],
        )
        batch_op.create_foreign_key(
            op.f("fk_attachment_uploader_user_id_ab_user"), "ab_user", ["uploader_user_id"], ["id"]
        )
        batch_op.create_check_constraint(op.f("ck_attachment_ready_has_report"), READY)


def downgrade() -> None:
    # What waits for a report that was never filed is nobody's.
    op.execute("DELETE FROM attachment WHERE report_id IS NULL")
    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_constraint(op.f("ck_attachment_ready_has_report"), type_="check")
        batch_op.drop_constraint(op.f("fk_attachment_uploader_user_id_ab_user"), type_="foreignkey")
        batch_op.alter_column(
            "report_id",
            existing_type=sa.Integer(),
            nullable=False,
            comment=REPORT_COMMENTS[0],
            existing_comment=REPORT_COMMENTS[1],
        )
        batch_op.drop_column("uploader_user_id")
