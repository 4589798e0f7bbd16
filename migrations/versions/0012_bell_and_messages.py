"""The bell of officers, messages between agencies, and since when a unit lies below an agency.

Old rows of the tree have no time: what an agency announces from now on, they read. No clock has been
reminded of yet; those that ran out longer than some days ago stay silent.

Revision: 0012, after 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

READY = "report_id IS NOT NULL OR state <> 'ready'"
OWNED = "report_id IS NOT NULL OR post_id IS NOT NULL OR state <> 'ready'"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('notification_digest',
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Whose mail it is'),
    sa.Column('upto_id', KEY, nullable=False, comment='The last notification that it looked at'),
    sa.Column('sent_on', sa.Date(), nullable=False, comment="The day, in the zone of the reader's agency"),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_notification_digest_user_id_ab_user')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_notification_digest')),
    comment='The last daily mail of each reader'
    )
    op.create_table('notification_setting',
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Whose choice it is'),
    sa.Column('kinds', sa.Enum('dispositions', 'reporter', 'comments', 'requests', 'states', 'deadlines', 'account', name='group', native_enum=False, create_constraint=True, length=32), nullable=False, comment='The kinds'),
    sa.Column('mailing', sa.Enum('at_once', 'daily', 'never', name='mailing', native_enum=False, create_constraint=True, length=32), nullable=False, comment='At once, daily, or never'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_notification_setting_user_id_ab_user')),
    sa.PrimaryKeyConstraint('user_id', 'kinds', name=op.f('pk_notification_setting')),
    comment='Mails about notifications, as their readers chose'
    )
    op.create_table('post',
    sa.Column('id', KEY, nullable=False, comment='Primary key'),
    sa.Column('agency_id', KEY, nullable=False, comment='The agency that writes'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Its officer, shown to that agency alone'),
    sa.Column('title', sa.String(length=255), server_default='', nullable=False, comment='Judul Pesan, or empty'),
    sa.Column('text', sa.Text(), nullable=False, comment='Isi Pesan'),
    sa.Column('to_all', sa.Boolean(), server_default=sa.false(), nullable=False, comment='An announcement to all agencies below'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When, UTC'),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_post_agency_id_agency')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_post_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post')),
    comment='Texts of messages between agencies'
    )
    with op.batch_alter_table('post') as batch_op:
        batch_op.create_index('ix_post_broadcast', ['agency_id', 'id'], sqlite_where=sa.text("to_all = 1"), postgresql_where=sa.text('to_all'))

    op.create_table('broadcast_mark',
    sa.Column('agency_id', KEY, nullable=False, comment='The agency'),
    sa.Column('upto_id', KEY, nullable=False, comment='The newest announcement that was read'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Who marked it'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When, UTC'),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_broadcast_mark_agency_id_agency')),
    sa.ForeignKeyConstraint(['upto_id'], ['post.id'], name=op.f('fk_broadcast_mark_upto_id_post')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_broadcast_mark_user_id_ab_user')),
    sa.PrimaryKeyConstraint('agency_id', 'upto_id', name=op.f('pk_broadcast_mark')),
    comment='How far agencies have read the announcements from above'
    )
    op.create_table('conversation',
    sa.Column('id', KEY, nullable=False, comment='Primary key'),
    sa.Column('from_agency_id', KEY, nullable=False, comment='Who began it'),
    sa.Column('to_agency_id', KEY, nullable=False, comment='Whom it was sent to'),
    sa.Column('opening_id', KEY, nullable=False, comment='The post that began it'),
    sa.Column('announcement', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Takes no answer'),
    sa.CheckConstraint('from_agency_id <> to_agency_id', name=op.f('ck_conversation_two_agencies')),
    sa.ForeignKeyConstraint(['from_agency_id'], ['agency.id'], name=op.f('fk_conversation_from_agency_id_agency')),
    sa.ForeignKeyConstraint(['opening_id'], ['post.id'], name=op.f('fk_conversation_opening_id_post')),
    sa.ForeignKeyConstraint(['to_agency_id'], ['agency.id'], name=op.f('fk_conversation_to_agency_id_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation')),
    comment='Conversations between two agencies'
    )
    op.create_table('conversation_side',
    sa.Column('conversation_id', KEY, nullable=False, comment='The conversation'),
    sa.Column('agency_id', KEY, nullable=False, comment='One of its two agencies'),
    sa.Column('last_post_id', KEY, nullable=False, comment='Its newest post'),
    sa.Column('unread', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Nobody of the agency has marked the newest as read'),
    sa.Column('read_user_id', sa.Integer(), nullable=True, comment='Who marked it as read last'),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True, comment='When, UTC'),
    sa.CheckConstraint('(read_at IS NULL) = (read_user_id IS NULL)', name=op.f('ck_conversation_side_read_by_somebody')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_conversation_side_agency_id_agency')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_conversation_side_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['last_post_id'], ['post.id'], name=op.f('fk_conversation_side_last_post_id_post')),
    sa.ForeignKeyConstraint(['read_user_id'], ['ab_user.id'], name=op.f('fk_conversation_side_read_user_id_ab_user')),
    sa.PrimaryKeyConstraint('conversation_id', 'agency_id', name=op.f('pk_conversation_side')),
    comment='The two sides of each conversation'
    )
    with op.batch_alter_table('conversation_side') as batch_op:
        batch_op.create_index('ix_conversation_side_newest', ['agency_id', 'last_post_id', 'conversation_id'])
        batch_op.create_index('ix_conversation_side_unread', ['agency_id'], sqlite_where=sa.text("unread = 1"), postgresql_where=sa.text('unread'))

    op.create_table('message',
    sa.Column('conversation_id', KEY, nullable=False, comment='The conversation'),
    sa.Column('post_id', KEY, nullable=False, comment='The post'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_message_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_message_post_id_post')),
    sa.PrimaryKeyConstraint('conversation_id', 'post_id', name=op.f('pk_message')),
    comment='Posts of conversations'
    )
    with op.batch_alter_table('message') as batch_op:
        batch_op.create_index('ix_message_post', ['post_id'])

    op.create_table('notification',
    sa.Column('id', KEY, nullable=False, comment='Primary key'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Who is told'),
    sa.Column('kind', sa.Enum('disposition', 'disposition_changed', 'copy', 'reply', 'comment', 'request', 'decided', 'voided', 'hold', 'release', 'closing', 'closes_tomorrow', 'reopening', 'deadline_near', 'deadline_missed', 'account', 'handover', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False, comment='What is told'),
    sa.Column('occurrence', sa.String(length=255), nullable=False, comment='Names what happened: nobody is told the same of it twice'),
    sa.Column('report_id', KEY, nullable=True, comment='The report that it is about, whose scope is asked at reading'),
    sa.Column('clock_id', KEY, nullable=True, comment='The clock that it reminds of; it goes when that ends'),
    sa.Column('agency_id', KEY, nullable=True, comment='The agency that acted; NULL for the reporter and the system'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When, UTC'),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True, comment='When it was opened, UTC'),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_notification_agency_id_agency')),
    sa.ForeignKeyConstraint(['clock_id'], ['report_clock.id'], name=op.f('fk_notification_clock_id_report_clock')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_notification_report_id_report')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_notification_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification')),
    comment='What officers are told by the bell'
    )
    with op.batch_alter_table('notification') as batch_op:
        batch_op.create_index(batch_op.f('ix_notification_at'), ['at'])
        batch_op.create_index('ix_notification_newest', ['user_id', "at", 'id'])
        batch_op.create_index('ix_notification_reminder', ['report_id'], sqlite_where=sa.text('clock_id IS NOT NULL'), postgresql_where=sa.text('clock_id IS NOT NULL'))
        batch_op.create_index('ix_notification_unread', ['user_id', 'id'], sqlite_where=sa.text('read_at IS NULL'), postgresql_where=sa.text('read_at IS NULL'))
        batch_op.create_index('uq_notification_once', ['user_id', 'kind', 'occurrence'], unique=True)

    with op.batch_alter_table('agency_tree') as batch_op:
        batch_op.add_column(sa.Column('since', sa.DateTime(timezone=True), nullable=True, comment='When the unit came below the ancestor, UTC; NULL: from the beginning'))

    with op.batch_alter_table('attachment') as batch_op:
        batch_op.add_column(sa.Column('post_id', KEY, nullable=True, comment='The message between agencies that it came with'))
        batch_op.create_index(batch_op.f('ix_attachment_post_id'), ['post_id'])
        batch_op.create_foreign_key(batch_op.f('fk_attachment_post_id_post'), 'post', ['post_id'], ['id'])
        batch_op.drop_constraint(op.f("ck_attachment_ready_has_report"), type_="check")
        batch_op.create_check_constraint(op.f("ck_attachment_ready_has_owner"), OWNED)

    with op.batch_alter_table('report_clock') as batch_op:
        batch_op.add_column(sa.Column('reminded', sa.SmallInteger(), server_default='0', nullable=False, comment='What its agency was reminded of: 0 nothing, 1 that it runs out, 2 that it did'))



def downgrade() -> None:
    with op.batch_alter_table('report_clock') as batch_op:
        batch_op.drop_column('reminded')

    # Files of messages have no place in the older schema.
    op.execute("UPDATE attachment SET state = 'gone' WHERE post_id IS NOT NULL AND state = 'ready'")
    with op.batch_alter_table('attachment') as batch_op:
        batch_op.drop_constraint(op.f("ck_attachment_ready_has_owner"), type_="check")
        batch_op.create_check_constraint(op.f("ck_attachment_ready_has_report"), READY)
        batch_op.drop_constraint(batch_op.f('fk_attachment_post_id_post'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_attachment_post_id'))
        batch_op.drop_column('post_id')

    with op.batch_alter_table('agency_tree') as batch_op:
        batch_op.drop_column('since')

    op.drop_table('notification')
    op.drop_table('message')
    op.drop_table('conversation_side')
    op.drop_table('conversation')
    op.drop_table('broadcast_mark')
    op.drop_table('post')
    op.drop_table('notification_setting')
    op.drop_table('notification_digest')
