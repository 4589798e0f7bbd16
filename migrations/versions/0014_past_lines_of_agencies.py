"""Lines of ancestors that agencies had before they were moved: what they did then stays with those.

Revision: 0014, after 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agency_past_line',
    sa.Column('agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='An agency that was moved'),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False, comment='When its line became another one, UTC'),
    sa.Column('ancestor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='An agency above it then, or itself'),
    sa.Column('via_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='The unit of the ancestor in which it lay then; itself at depth 0'),
    sa.Column('depth', sa.Integer(), nullable=False, comment='Levels between the two then, 0 for itself'),
    sa.Column('since', sa.DateTime(timezone=True), nullable=True, comment='When this line began, UTC; NULL: it was the first'),
    sa.CheckConstraint('(depth = 0) = (ancestor_id = agency_id)', name=op.f('ck_agency_past_line_depth_zero_is_itself')),
    sa.CheckConstraint('depth >= 0', name=op.f('ck_agency_past_line_depth_not_negative')),
    sa.CheckConstraint('since < until', name=op.f('ck_agency_past_line_ends_after_it_began')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_agency_past_line_agency_id_agency')),
    sa.ForeignKeyConstraint(['ancestor_id'], ['agency.id'], name=op.f('fk_agency_past_line_ancestor_id_agency')),
    sa.ForeignKeyConstraint(['via_id'], ['agency.id'], name=op.f('fk_agency_past_line_via_id_agency')),
    sa.PrimaryKeyConstraint('agency_id', 'until', 'ancestor_id', name=op.f('pk_agency_past_line')),
    comment='Lines of ancestors before a move; written once (services/agencies/past_ancestors.py)'
    )
    with op.batch_alter_table('agency_past_line', schema=None) as batch_op:
        batch_op.create_index('ix_agency_past_line_ancestor_id', ['ancestor_id', 'agency_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('agency_past_line', schema=None) as batch_op:
        batch_op.drop_index('ix_agency_past_line_ancestor_id')

    op.drop_table('agency_past_line')
