"""Clients and tokens of the API

Programs call the API with tokens: who they are, what waits for its exchange, and what they hold. A report
keeps which program sent it, so that its card can name the partner.

Revision: 0008, after 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('api_client',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('client_id', sa.String(length=64), nullable=False, comment='Public name, random'),
    sa.Column('name', sa.String(length=255), nullable=False, comment='As people read it, on cards and the consent page'),
    sa.Column('kind', sa.Enum('android', 'ios', 'partner', name='clientkind', native_enum=False, create_constraint=True, length=32), nullable=False, comment="An app, or a partner's system"),
    sa.Column('scopes', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), server_default=sa.text("'[]'"), nullable=False, comment='What its tokens may be good for'),
    sa.Column('redirect_uris', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), server_default=sa.text("'[]'"), nullable=False, comment='Where an app may be called back'),
    sa.Column('secret_hash', sa.String(length=64), nullable=True, comment="SHA-256 of a partner's secret"),
    sa.Column('per_minute', sa.Integer(), server_default='120', nullable=False, comment='Calls in a minute; of an app, by account'),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False, comment='Whether it may call at all'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='When it was entered, UTC'),
    sa.Column('secret_at', sa.DateTime(timezone=True), nullable=True, comment='When its present secret was made, UTC'),
    sa.CheckConstraint("(secret_hash IS NOT NULL) = (kind = 'partner')", name=op.f('ck_api_client_partners_have_secrets')),
    sa.CheckConstraint('per_minute > 0', name=op.f('ck_api_client_some_calls')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_client')),
    sa.UniqueConstraint('client_id', name=op.f('uq_api_client_client_id')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_api_client_secret_hash')),
    comment='Programs that may call the API (Mitra API)'
    )
    op.create_table('api_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('code_hash', sa.String(length=64), nullable=False, comment='SHA-256 of the code'),
    sa.Column('client_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Which app'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Who said yes'),
    sa.Column('scopes', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False, comment='To what'),
    sa.Column('redirect_uri', sa.String(length=512), nullable=False, comment='Where the app was called back'),
    sa.Column('challenge', sa.String(length=128), nullable=False, comment='PKCE: SHA-256 of what the app must show'),
    sa.Column('stamp', sa.String(length=64), nullable=False, comment="Of the account's password and stamp: it dies with them"),
    sa.Column('family', sa.String(length=32), nullable=False, comment='Of the tokens that come of it'),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False, comment='Not good then, UTC'),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True, comment='When it was exchanged, UTC'),
    sa.ForeignKeyConstraint(['client_id'], ['api_client.id'], name=op.f('fk_api_code_client_id_api_client')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_api_code_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_api_code_code_hash')),
    sa.UniqueConstraint('family', name=op.f('uq_api_code_family')),
    comment='Authorization codes that wait to be exchanged, some minutes'
    )
    with op.batch_alter_table('api_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_code_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_api_code_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_api_code_user_id'), ['user_id'], unique=False)

    op.create_table('api_token',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('access_hash', sa.String(length=64), nullable=False, comment='SHA-256 of the access token'),
    sa.Column('refresh_hash', sa.String(length=64), nullable=True, comment='SHA-256 of the refresh token'),
    sa.Column('family', sa.String(length=32), nullable=False, comment='All that came of one consent'),
    sa.Column('client_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Whose it is'),
    sa.Column('user_id', sa.Integer(), nullable=True, comment='For whom it acts; NULL for a partner itself'),
    sa.Column('scopes', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False, comment='What it is good for'),
    sa.Column('stamp', sa.String(length=64), server_default='', nullable=False, comment="Of the account's password and stamp: it dies with them"),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='When it was given out, UTC'),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False, comment='When the access token ends, UTC'),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False, comment='When the refresh token ends too, and the row may go, UTC'),
    sa.Column('refreshed_at', sa.DateTime(timezone=True), nullable=True, comment='When the refresh token was used, UTC'),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True, comment='When it was taken back, UTC'),
    sa.ForeignKeyConstraint(['client_id'], ['api_client.id'], name=op.f('fk_api_token_client_id_api_client')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_api_token_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
    sa.UniqueConstraint('access_hash', name=op.f('uq_api_token_access_hash')),
    sa.UniqueConstraint('refresh_hash', name=op.f('uq_api_token_refresh_hash')),
    comment='Tokens of the API, as hashes; old rows are swept'
    )
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_token_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_api_token_ends_at'), ['ends_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_api_token_family'), ['family'], unique=False)
        batch_op.create_index(batch_op.f('ix_api_token_user_id'), ['user_id'], unique=False)

    comment = "The program that sent it by the API"
    name = op.f("fk_report_client_id_api_client")
    if op.get_bind().dialect.name == "sqlite":
        # Not made anew: a table that counts its keys up without ever using one again would forget that.
        op.execute(f"ALTER TABLE report ADD COLUMN client_id INTEGER CONSTRAINT {name} REFERENCES api_client (id)")
    else:
        op.add_column("report", sa.Column("client_id", sa.BigInteger(), nullable=True, comment=comment))
        op.create_foreign_key(name, "report", "api_client", ["client_id"], ["id"])


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("fk_report_client_id_api_client"), "report", type_="foreignkey")
    op.drop_column("report", "client_id")
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_api_token_user_id'))
        batch_op.drop_index(batch_op.f('ix_api_token_family'))
        batch_op.drop_index(batch_op.f('ix_api_token_ends_at'))
        batch_op.drop_index(batch_op.f('ix_api_token_client_id'))

    op.drop_table('api_token')
    with op.batch_alter_table('api_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_api_code_user_id'))
        batch_op.drop_index(batch_op.f('ix_api_code_expires_at'))
        batch_op.drop_index(batch_op.f('ix_api_code_client_id'))

    op.drop_table('api_code')
    op.drop_table('api_client')
