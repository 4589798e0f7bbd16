"""Invitations, undoing of changes, and the addresses that accounts had before.

Revision: 0017, after 0016
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
LINKS = ('first_password', 'password', 'email')
NEW_LINKS = ('undo', 'invitation', 'second_step')
CODES = ('filing', 'register', 'password')
OLD_COMMENT = 'One-time links in mails: first and forgotten password, new e-mail'
COMMENT = 'One-time links in mails: passwords, addresses, invitations'
OLD_EMAIL = 'The new address that waits to be confirmed, or empty'
EMAIL = 'The address to be confirmed, or the one to come back'


def upgrade() -> None:
    op.create_table('former_address',
    sa.Column('id', KEY, nullable=False, comment='Primary key'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Whose it was'),
    sa.Column('email', sa.String(length=255), server_default='', nullable=False, comment='E-mail, or empty'),
    sa.Column('phone', sa.String(length=32), server_default='', nullable=False, comment='Telephone in E.164 form, or empty'),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False, comment='When another came, UTC'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_former_address_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_address')),
    comment='Addresses that accounts had before, emptied after a month'
    )
    with op.batch_alter_table('former_address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_former_address_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_former_address_until'), ['until'], unique=False)
    with op.batch_alter_table('account_link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('phone', sa.String(length=32), server_default='', nullable=False, comment='Of an undo: the telephone to come back, or empty'))
        batch_op.add_column(sa.Column('totp_nonce', sa.String(length=64), server_default='', nullable=False, comment='Of an undo: the second step to come back, or empty'))
        batch_op.add_column(sa.Column('agency_id', KEY, nullable=True, comment='Of an invitation: where to work'))
        batch_op.add_column(sa.Column('role', sa.String(length=64), server_default='', nullable=False, comment="Of an invitation: the role's name"))
        batch_op.add_column(sa.Column('inviter_id', sa.Integer(), nullable=True, comment='Of an invitation: who invites'))
        batch_op.alter_column('email', existing_type=sa.String(length=255), existing_nullable=False, existing_server_default='', comment=EMAIL, existing_comment=OLD_EMAIL)
        batch_op.create_foreign_key(op.f('fk_account_link_agency_id_agency'), 'agency', ['agency_id'], ['id'])
        batch_op.create_foreign_key(op.f('fk_account_link_inviter_id_ab_user'), 'ab_user', ['inviter_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_account_link_agency_id'), ['agency_id'], unique=False)
        _allow(batch_op, 'ck_account_link_linkpurpose', (*LINKS, *NEW_LINKS))
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        _allow(batch_op, 'ck_one_time_code_codepurpose', (*CODES, 'phone'))
    _comment(COMMENT, OLD_COMMENT)


def downgrade() -> None:
    op.execute("DELETE FROM one_time_code WHERE purpose = 'phone'")
    op.execute("DELETE FROM account_link WHERE purpose IN ('undo', 'invitation', 'second_step')")
    _comment(OLD_COMMENT, COMMENT)
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        _allow(batch_op, 'ck_one_time_code_codepurpose', CODES)
    with op.batch_alter_table('account_link', schema=None) as batch_op:
        _allow(batch_op, 'ck_account_link_linkpurpose', LINKS)
        batch_op.drop_index(batch_op.f('ix_account_link_agency_id'))
        batch_op.drop_constraint(op.f('fk_account_link_inviter_id_ab_user'), type_='foreignkey')
        batch_op.drop_constraint(op.f('fk_account_link_agency_id_agency'), type_='foreignkey')
        batch_op.alter_column('email', existing_type=sa.String(length=255), existing_nullable=False, existing_server_default='', comment=OLD_EMAIL, existing_comment=EMAIL)
        for name in ('inviter_id', 'role', 'agency_id', 'totp_nonce', 'phone'):
            batch_op.drop_column(name)
    with op.batch_alter_table('former_address', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_former_address_until'))
        batch_op.drop_index(batch_op.f('ix_former_address_user_id'))
    op.drop_table('former_address')


def _comment(words: str, before: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == 'postgresql':
        op.create_table_comment('account_link', words, existing_comment=before)


def _allow(batch_op: object, name: str, codes: Sequence[str]) -> None:
    """Make a purpose one of `codes`."""
    allowed = ', '.join(f"'{code}'" for code in codes)
    batch_op.drop_constraint(op.f(name), type_='check')  # type: ignore[attr-defined]
    batch_op.create_check_constraint(op.f(name), f'purpose IN ({allowed})')  # type: ignore[attr-defined]
