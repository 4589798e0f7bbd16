"""Words of a report that somebody hid from the public, or showed to it.

The search index held the words of masked places until now: `flask lapor reindex` takes them out.

Revision: 0020, after 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mask_choice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='The report'),
    sa.Column('words', sa.Text(), nullable=False, comment='The words, as they stand in the report'),
    sa.Column('hidden', sa.Boolean(), nullable=False, comment='Hidden from the public; else shown although masked before'),
    sa.Column('user_id', sa.Integer(), nullable=True, comment='Who chose'),
    sa.Column('agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='Their agency then'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When, UTC'),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_mask_choice_agency_id_agency')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_mask_choice_report_id_report')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_mask_choice_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mask_choice')),
    comment='Words of reports that somebody hid from the public, or showed to it'
    )
    with op.batch_alter_table('mask_choice', schema=None) as batch_op:
        batch_op.create_index('ix_mask_choice_report', ['report_id', 'id'], unique=False)
    # Without batch mode: a table of this size is not copied for one column that may be empty.
    op.add_column('report', sa.Column('mask_choices', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'), nullable=True, comment='The choices that hold, [words, hidden] each (mask_choice), for every reader'))


def downgrade() -> None:
    op.drop_column('report', 'mask_choices')
    with op.batch_alter_table('mask_choice', schema=None) as batch_op:
        batch_op.drop_index('ix_mask_choice_report')

    op.drop_table('mask_choice')
