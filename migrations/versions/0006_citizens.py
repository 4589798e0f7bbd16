"""The citizen's side: one-time codes, comments that are moderated, ratings, counts of tries, and how a
reporter wants to be told.

A code waits together with what it confirms, so that a report without an account is filed by nobody
whose address is not theirs. A rating is kept for each closing: a report may be reopened.

Revision: 0006, after 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('one_time_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment='SHA-256 of the token in the address of the page that asks for it'),
    sa.Column('purpose', sa.Enum('filing', 'register', 'password', name='codepurpose', native_enum=False, create_constraint=True, length=32), nullable=False, comment='What it confirms'),
    sa.Column('email', sa.String(length=255), server_default='', nullable=False, comment='The e-mail, or empty'),
    sa.Column('phone', sa.String(length=32), server_default='', nullable=False, comment='The telephone in E.164 form, or empty'),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), server_default=sa.text("'{}'"), nullable=False, comment='What was typed and waits; emptied when used'),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False, comment='Wrong codes so far'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='When it was asked for, UTC'),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False, comment='Not good from then on, UTC'),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True, comment='When it was right, UTC'),
    sa.Column('result', sa.String(length=255), server_default='', nullable=False, comment='Key of what came of it, for a second click'),
    sa.CheckConstraint("(email = '') <> (phone = '')", name=op.f('ck_one_time_code_one_address')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_code')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_one_time_code_token_hash')),
    comment='Codes that confirm an address, with what waits for the confirmation; swept'
    )
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_code_expires_at'), ['expires_at'], unique=False)

    op.create_table('public_comment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='The report'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Who wrote it'),
    sa.Column('text', sa.Text(), nullable=False, comment='What it says'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When, UTC'),
    sa.Column('state', sa.Enum('waiting', 'shown', 'hidden', name='commentstate', native_enum=False, create_constraint=True, length=32), nullable=False, comment='waiting, shown or hidden'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='When it was moderated, UTC'),
    sa.Column('decider_user_id', sa.Integer(), nullable=True, comment='The officer who moderated it last'),
    sa.Column('decider_agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment="That officer's agency"),
    sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f('ck_public_comment_waiting_until_decided')),
    sa.ForeignKeyConstraint(['decider_agency_id'], ['agency.id'], name=op.f('fk_public_comment_decider_agency_id_agency')),
    sa.ForeignKeyConstraint(['decider_user_id'], ['ab_user.id'], name=op.f('fk_public_comment_decider_user_id_ab_user')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_public_comment_report_id_report')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_public_comment_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_comment')),
    comment='Comments by citizens on public reports, moderated by the handling agency'
    )
    with op.batch_alter_table('public_comment', schema=None) as batch_op:
        batch_op.create_index('ix_public_comment_report', ['report_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_public_comment_user_id'), ['user_id'], unique=False)
        batch_op.create_index('ix_public_comment_waiting', ['id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('rating',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='The report'),
    sa.Column('closing', sa.Integer(), nullable=False, comment='Number of the event that closed it'),
    sa.Column('stars', sa.Integer(), nullable=False, comment='1 to 5'),
    sa.Column('solved', sa.Boolean(), nullable=False, comment='Whether the problem is settled for the reporter'),
    sa.Column('note', sa.Text(), server_default='', nullable=False, comment='What they add'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When, UTC'),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_rating_one_to_five')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_rating_report_id_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating')),
    comment='Ratings of closed reports by their reporters'
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index('uq_rating_closing', ['report_id', 'closing'], unique=True)

    with op.batch_alter_table('reporter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('notify_by', sa.Enum('email', 'sms', 'none', name='notifyby', native_enum=False, create_constraint=True, length=32), server_default='email', nullable=False, comment='How they want to be told of their reports'))



def downgrade() -> None:
    with op.batch_alter_table('reporter', schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_reporter_notifyby"), type_="check")
        batch_op.drop_column("notify_by")

    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_index('uq_rating_closing')

    op.drop_table('rating')
    with op.batch_alter_table('public_comment', schema=None) as batch_op:
        batch_op.drop_index('ix_public_comment_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index(batch_op.f('ix_public_comment_user_id'))
        batch_op.drop_index('ix_public_comment_report')

    op.drop_table('public_comment')
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_code_expires_at'))

    op.drop_table('one_time_code')
