"""Files of reporters are numbered within their report, and a file may wait for the scanner.

Those that are there already are numbered in the order in which they came; none of them waits.

Revision: 0021, after 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

COMMENTS = "pending, ready or gone", "pending, checking, ready, refused or gone"
BEFORE, AFTER = "'pending', 'ready', 'gone'", "'pending', 'checking', 'ready', 'refused', 'gone'"


def upgrade() -> None:
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Integer(), nullable=True, comment="Number among the reporter's files of the report, from 1: their name for everybody else"))
        batch_op.add_column(sa.Column('unscanned', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Whether the virus scanner has still to look at it'))
        batch_op.drop_constraint(op.f("ck_attachment_filestate"), type_="check")
        batch_op.create_check_constraint(op.f("ck_attachment_filestate"), f"state IN ({AFTER})")
        batch_op.alter_column('state', existing_type=sa.String(32), existing_nullable=False, comment=COMMENTS[1], existing_comment=COMMENTS[0])
        batch_op.create_index('ix_attachment_checking', ['id'], unique=False, sqlite_where=sa.text("state = 'checking'"), postgresql_where=sa.text("state = 'checking'"))
    # What came with the report itself or with a reply; an officer's comment or follow-up keeps its names.
    op.execute(
        "UPDATE attachment SET number = (SELECT count(*) FROM attachment AS earlier"
        " WHERE earlier.report_id = attachment.report_id AND earlier.id <= attachment.id"
        " AND earlier.state <> 'pending' AND earlier.follow_up_id IS NULL AND earlier.comment_id IS NULL)"
        " WHERE report_id IS NOT NULL AND state <> 'pending' AND follow_up_id IS NULL AND comment_id IS NULL"
    )


def downgrade() -> None:
    # Without a scanner there is nothing that a file waits for; one that was refused is not there any more.
    op.execute("UPDATE attachment SET state = 'gone' WHERE state = 'refused'")
    op.execute("UPDATE attachment SET state = 'ready' WHERE state = 'checking'")
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index('ix_attachment_checking', sqlite_where=sa.text("state = 'checking'"), postgresql_where=sa.text("state = 'checking'"))
        batch_op.drop_constraint(op.f("ck_attachment_filestate"), type_="check")
        batch_op.create_check_constraint(op.f("ck_attachment_filestate"), f"state IN ({BEFORE})")
        batch_op.alter_column('state', existing_type=sa.String(32), existing_nullable=False, comment=COMMENTS[0], existing_comment=COMMENTS[1])
        batch_op.drop_column('unscanned')
        batch_op.drop_column('number')
