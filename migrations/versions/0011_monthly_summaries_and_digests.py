"""Monthly summaries for the statistics of large agencies, and the digests that somebody does not want.

The index on events finds what the officers of one agency did.

Revision: 0011, after 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stat_dirty',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('month', sa.String(length=7), nullable=False, comment='Month of receipt, YYYY-MM'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stat_dirty')),
    comment='Months whose summaries are to be made anew'
    )
    with op.batch_alter_table('stat_dirty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stat_dirty_month'), ['month'], unique=False)

    op.create_table('stat_month',
    sa.Column('agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False, comment='The agency, with all below it'),
    sa.Column('dim', sa.String(length=32), nullable=False, comment='What is counted (app/stats/parts.py)'),
    sa.Column('month', sa.String(length=7), nullable=False, comment="YYYY-MM in the agency's zone"),
    sa.Column('key', sa.String(length=64), nullable=False, comment='The class within the dimension'),
    sa.Column('n', sa.BigInteger(), nullable=False, comment='How many; minutes in dimensions of sums'),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_stat_month_agency_id_agency')),
    sa.PrimaryKeyConstraint('agency_id', 'dim', 'month', 'key', name=op.f('pk_stat_month')),
    comment='Summaries by agency, dimension, month of receipt and key',
    sqlite_with_rowid=False
    )
    op.create_table('stat_unit',
    sa.Column('agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False, comment='The agency'),
    sa.Column('zone', sa.Enum('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', name='zone', native_enum=False, create_constraint=True, length=32), nullable=False, comment='In which its months were cut'),
    sa.Column('reports', sa.BigInteger(), nullable=False, comment='Reports in its subtree when last counted'),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False, comment='When they were counted, UTC'),
    sa.Column('reached', sa.String(length=7), nullable=True, comment='The month that is to be built next, YYYY-MM; NULL when all are'),
    sa.Column('fresh_at', sa.DateTime(timezone=True), nullable=True, comment='Every change up to then is counted, UTC'),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_stat_unit_agency_id_agency')),
    sa.PrimaryKeyConstraint('agency_id', name=op.f('pk_stat_unit')),
    comment='Agencies whose statistics are read from stat_month'
    )
    op.create_table('digest_mute',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='For all its officers; NULL for one person'),
    sa.Column('user_id', sa.Integer(), nullable=True, comment='For this person; NULL for an agency'),
    sa.Column('digest', sa.Enum('weekly', 'daily', name='digest', native_enum=False, create_constraint=True, length=32), nullable=False, comment='Which one'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='Since when, UTC'),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_digest_mute_agency_id_agency')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_digest_mute_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_mute')),
    comment='Digests that are not sent, for an agency or for one person'
    )
    with op.batch_alter_table('digest_mute', schema=None) as batch_op:
        batch_op.create_index('uq_digest_mute_agency', ['agency_id', 'digest'], unique=True, sqlite_where=sa.text('user_id IS NULL'), postgresql_where=sa.text('user_id IS NULL'))
        batch_op.create_index('uq_digest_mute_user', ['user_id', 'digest'], unique=True)

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_agency', ['agency_id', 'report_id'], unique=False, sqlite_where=sa.text('agency_id IS NOT NULL'), postgresql_where=sa.text('agency_id IS NOT NULL'))


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_agency', sqlite_where=sa.text('agency_id IS NOT NULL'), postgresql_where=sa.text('agency_id IS NOT NULL'))

    with op.batch_alter_table('digest_mute', schema=None) as batch_op:
        batch_op.drop_index('uq_digest_mute_user')
        batch_op.drop_index('uq_digest_mute_agency', sqlite_where=sa.text('user_id IS NULL'), postgresql_where=sa.text('user_id IS NULL'))

    op.drop_table('digest_mute')
    op.drop_table('stat_unit')
    op.drop_table('stat_month')
    with op.batch_alter_table('stat_dirty', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stat_dirty_month'))

    op.drop_table('stat_dirty')