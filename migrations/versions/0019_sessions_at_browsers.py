"""Sessions at browsers, and forms that came after the end of one. Everybody signs in anew.

Revision: 0019, after 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account_session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Who signed in'),
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment='SHA-256 of the random value by which the cookie names this row'),
    sa.Column('stamp', sa.String(length=32), nullable=False, comment='Digest of password and stamp of the account at sign-in: it dies with either'),
    sa.Column('browser', sa.String(length=64), server_default='', nullable=False, comment='Its browser by name, or empty'),
    sa.Column('system', sa.String(length=64), server_default='', nullable=False, comment='Its operating system by name, or empty'),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False, comment='When it was signed in, UTC'),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False, comment='Its last request, to a few minutes, UTC'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='When it was ended, UTC, or NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_account_session_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_account_session_token_hash')),
    comment='Sessions of accounts at browsers; ended ones are swept',
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('account_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_session_seen_at'), ['seen_at'], unique=False)
        batch_op.create_index('ix_account_session_user', ['user_id', 'id'], unique=False)

    op.create_table('unsent_form',
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='The session that had ended: it keeps one form, the latest'),
    sa.Column('path', sa.String(length=2048), nullable=False, comment='Where it was sent to, on this site'),
    sa.Column('fields', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False, comment='Pairs of field and value; never a password or code'),
    sa.Column('files', sa.Integer(), nullable=False, comment='How many files came with it, which are not kept'),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False, comment='When it arrived, UTC'),
    sa.ForeignKeyConstraint(['session_id'], ['account_session.id'], name=op.f('fk_unsent_form_session_id_account_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', name=op.f('pk_unsent_form')),
    comment='Forms that came after the end of their session; swept after a day'
    )
    with op.batch_alter_table('unsent_form', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unsent_form_kept_at'), ['kept_at'], unique=False)


def downgrade() -> None:
    op.drop_table('unsent_form')
    op.drop_table('account_session')
