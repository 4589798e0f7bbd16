"""Exports that a job makes: what was asked for, how far the file is, where it lies for a day.

Revision: 0013, after 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('export',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Who asked, and alone may take it'),
    sa.Column('agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Their agency then; in another one they do not get it'),
    sa.Column('kind', sa.String(length=32), nullable=False, comment='What is in it, a stable code'),
    sa.Column('form', sa.Enum('csv', 'xlsx', 'pdf', name='exportform', native_enum=False, create_constraint=True, length=32), nullable=False, comment='The kind of file'),
    sa.Column('file_name', sa.String(length=255), nullable=False, comment='The name that it is saved under'),
    sa.Column('selection', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), server_default=sa.text("'{}'"), nullable=False, comment='What was asked for; emptied when it is gone'),
    sa.Column('state', sa.Enum('waiting', 'ready', 'failed', 'gone', name='exportstate', native_enum=False, create_constraint=True, length=32), nullable=False, comment='Where it stands'),
    sa.Column('fault', sa.String(length=255), server_default='', nullable=False, comment='Why there is no file, in words to be translated'),
    sa.Column('rows', sa.Integer(), server_default='0', nullable=False, comment='Rows that are written'),
    sa.Column('stored_name', sa.String(length=64), server_default='', nullable=False, comment='Random name in the storage, or empty'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='When it was asked for, UTC'),
    sa.Column('attempt', sa.Integer(), server_default='0', nullable=False, comment='How often it was begun: tells two workers apart'),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True, comment='A worker writes it until then, UTC'),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True, comment='When the file is deleted, UTC'),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_export_agency_id_agency')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_export_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export')),
    comment='Files that a job makes for somebody to take away',
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.create_index('ix_export_state', ['state', 'id'], unique=False)
        batch_op.create_index('ix_export_user', ['user_id', 'id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.drop_index('ix_export_user')
        batch_op.drop_index('ix_export_state')

    op.drop_table('export')
