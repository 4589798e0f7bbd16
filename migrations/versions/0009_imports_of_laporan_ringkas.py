"""Imports of Laporan Ringkas

A file is checked whole, row by row, before the first report is made; what its rows say waits here, and what
became of them stays.

Revision: 0009, after 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sheet_import',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('file_name', sa.String(length=255), nullable=False, comment='Name as the sender gave it'),
    sa.Column('stored_name', sa.String(length=64), server_default='', nullable=False, comment='Where the file lies until it is checked, or empty'),
    sa.Column('zone', sa.Enum('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', name='zone', native_enum=False, create_constraint=True, length=32), nullable=False, comment='Zone of the times in it that name none'),
    sa.Column('state', sa.Enum('checking', 'ready', 'importing', 'done', 'refused', 'cancelled', name='sheetstate', native_enum=False, create_constraint=True, length=32), nullable=False, comment='Where it stands'),
    sa.Column('user_id', sa.Integer(), nullable=True, comment='Who brought it; NULL for the command'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='When it was brought, UTC'),
    sa.Column('attempt', sa.Integer(), server_default='0', nullable=False, comment='How often its check was begun: tells two workers apart'),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True, comment='A worker checks it until then, UTC'),
    sa.Column('generated_at', sa.DateTime(timezone=True), nullable=True, comment='When the file was made, as it says itself, UTC'),
    sa.Column('total', sa.Integer(), server_default='0', nullable=False, comment='Rows that were read'),
    sa.Column('imported', sa.Integer(), server_default='0', nullable=False, comment='Rows that became reports'),
    sa.Column('known', sa.Integer(), server_default='0', nullable=False, comment='Rows that were there already'),
    sa.Column('refused', sa.Integer(), server_default='0', nullable=False, comment='Rows that were refused'),
    sa.Column('summary', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), server_default=sa.text("'{}'"), nullable=False, comment='How many rows of each status'),
    sa.Column('fault', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=True, comment='Why the file was refused, with the cell'),
    sa.Column('skip_faults', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Confirmed although some rows are refused'),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True, comment='When it was confirmed, UTC'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='When it was done, refused or cancelled, UTC'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_sheet_import_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_import')),
    comment='Imports of Laporan Ringkas'
    )
    with op.batch_alter_table('sheet_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_import_state'), ['state'], unique=False)

    op.create_table('sheet_name',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('import_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='The file'),
    sa.Column('kind', sa.Enum('agency', 'category', 'area', name='namekind', native_enum=False, create_constraint=True, length=32), nullable=False, comment='What is named'),
    sa.Column('parent', sa.String(length=255), nullable=False, comment='The agency above it in the file, or empty'),
    sa.Column('name', sa.String(length=255), nullable=False, comment='The name in the file'),
    sa.Column('rows', sa.Integer(), nullable=False, comment='In how many rows it stands'),
    sa.Column('target_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='Key of the agency or category that it stands for; NULL while nobody knows'),
    sa.ForeignKeyConstraint(['import_id'], ['sheet_import.id'], name=op.f('fk_sheet_name_import_id_sheet_import')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_name')),
    comment='Names in imported files, matched, mapped or to be made'
    )
    with op.batch_alter_table('sheet_name', schema=None) as batch_op:
        batch_op.create_index('uq_sheet_name_name', ['import_id', 'kind', 'parent', 'name'], unique=True)

    op.create_table('sheet_row',
    sa.Column('import_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False, comment='The file'),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False, comment='Row in the file, from 1'),
    sa.Column('external_id', sa.String(length=255), nullable=False, comment='Its Tracking ID, without #'),
    sa.Column('outcome', sa.Enum('waiting', 'imported', 'known', 'refused', name='rowoutcome', native_enum=False, create_constraint=True, length=32), nullable=False, comment='What became of it'),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='The report that it is'),
    sa.Column('data', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), server_default=sa.text("'{}'"), nullable=False, comment='What it says; emptied when it is done'),
    sa.Column('fault', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=True, comment='Why it was refused, with the cell'),
    sa.ForeignKeyConstraint(['import_id'], ['sheet_import.id'], name=op.f('fk_sheet_row_import_id_sheet_import')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_sheet_row_report_id_report')),
    sa.PrimaryKeyConstraint('import_id', 'number', name=op.f('pk_sheet_row')),
    comment='Rows of imported files; what they say goes when it is done'
    )
    with op.batch_alter_table('sheet_row', schema=None) as batch_op:
        batch_op.create_index('ix_sheet_row_external_id', ['import_id', 'external_id'], unique=False)
        batch_op.create_index('ix_sheet_row_outcome', ['import_id', 'outcome', 'number'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('sheet_row', schema=None) as batch_op:
        batch_op.drop_index('ix_sheet_row_outcome')
        batch_op.drop_index('ix_sheet_row_external_id')

    op.drop_table('sheet_row')
    with op.batch_alter_table('sheet_name', schema=None) as batch_op:
        batch_op.drop_index('uq_sheet_name_name')

    op.drop_table('sheet_name')
    with op.batch_alter_table('sheet_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_import_state'))

    op.drop_table('sheet_import')
