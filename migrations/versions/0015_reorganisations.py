"""Reorganisations: moves, mergers and dissolutions of agencies, planned or at once.

A merged agency points to the one that took its place, and a report's history has an event for it.

Revision: 0015, after 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

KINDS = (
    "received", "verified", "details_asked", "completed", "archived", "restored", "corrected", "forwarded",
    "redirected", "followed_up", "replied", "handed_back", "held", "released", "closed", "auto_closed",
    "reopened", "commented", "requested", "request_accepted", "request_rejected", "request_withdrawn",
    "request_voided",
)


def _allow(kinds: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_constraint(op.f("ck_event_eventkind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_event_eventkind"), f"kind IN ({allowed})")


def upgrade() -> None:
    op.create_table('reorganisation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Primary key'),
    sa.Column('kind', sa.Enum('move', 'merge', 'dissolve', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False, comment='Moved, merged or dissolved'),
    sa.Column('stage', sa.Enum('planned', 'running', 'done', 'cancelled', name='stage', native_enum=False, create_constraint=True, length=32), nullable=False, comment='Where it stands'),
    sa.Column('agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='The agency that it is about'),
    sa.Column('target_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='The new parent, or the agency that takes its place'),
    sa.Column('former_parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='What it lay below when it took effect'),
    sa.Column('user_id', sa.Integer(), nullable=False, comment='Who asked for it'),
    sa.Column('by_agency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Their agency then'),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False, comment='When it was asked for, UTC'),
    sa.Column('effective_at', sa.DateTime(timezone=True), nullable=False, comment='From when on it holds, UTC'),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=True, comment='When the tree was changed, UTC; NULL: it was not'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='When its last report had followed, or it was cancelled, UTC'),
    sa.Column('units', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), server_default=sa.text("'[]'"), nullable=False, comment='Keys of the agencies that got other agencies above them, each with what lies below it'),
    sa.Column('reports', sa.Integer(), server_default='0', nullable=False, comment='Reports that it concerned when it took effect'),
    sa.Column('done', sa.Integer(), server_default='0', nullable=False, comment='Reports that have followed'),
    sa.Column('reached', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), server_default='0', nullable=False, comment='The last report that has followed: batches go on after it'),
    sa.Column('fault', sa.String(length=255), server_default='', nullable=False, comment='Why it could not take effect, in words to be translated'),
    sa.CheckConstraint("(began_at IS NOT NULL) OR stage IN ('planned', 'cancelled')", name=op.f('ck_reorganisation_began_when_running')),
    sa.CheckConstraint("(ended_at IS NULL) = (stage IN ('planned', 'running'))", name=op.f('ck_reorganisation_ended_when_ended')),
    sa.CheckConstraint('agency_id <> target_id', name=op.f('ck_reorganisation_two_agencies')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_reorganisation_agency_id_agency')),
    sa.ForeignKeyConstraint(['by_agency_id'], ['agency.id'], name=op.f('fk_reorganisation_by_agency_id_agency')),
    sa.ForeignKeyConstraint(['former_parent_id'], ['agency.id'], name=op.f('fk_reorganisation_former_parent_id_agency')),
    sa.ForeignKeyConstraint(['target_id'], ['agency.id'], name=op.f('fk_reorganisation_target_id_agency')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_reorganisation_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reorganisation')),
    comment='Moves, mergers and dissolutions of agencies'
    )
    with op.batch_alter_table('reorganisation', schema=None) as batch_op:
        batch_op.create_index('ix_reorganisation_stage', ['stage', 'effective_at'], unique=False)
        batch_op.create_index('uq_reorganisation_one_open', ['agency_id'], unique=True, sqlite_where=sa.text("stage IN ('planned', 'running')"), postgresql_where=sa.text("stage IN ('planned', 'running')"))

    comment = 'The agency that took its place when it was merged or dissolved'
    name = op.f('fk_agency_merged_into_id_agency')
    if op.get_bind().dialect.name == "sqlite":
        # Not made anew: an index over an expression, which keeps the root single, would be lost.
        op.execute(f"ALTER TABLE agency ADD COLUMN merged_into_id INTEGER CONSTRAINT {name} REFERENCES agency (id)")
    else:
        op.add_column('agency', sa.Column('merged_into_id', sa.BigInteger(), nullable=True, comment=comment))
        op.create_foreign_key(name, 'agency', 'agency', ['merged_into_id'], ['id'])
    _allow((*KINDS, "reorganised"))


def downgrade() -> None:
    # The older schema knows no such event; no number of a report's history may be missing.
    op.execute("UPDATE event SET kind = 'corrected' WHERE kind = 'reorganised'")
    _allow(KINDS)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f('fk_agency_merged_into_id_agency'), 'agency', type_='foreignkey')
    op.drop_column('agency', 'merged_into_id')
    with op.batch_alter_table('reorganisation', schema=None) as batch_op:
        batch_op.drop_index('uq_reorganisation_one_open', sqlite_where=sa.text("stage IN ('planned', 'running')"), postgresql_where=sa.text("stage IN ('planned', 'running')"))
        batch_op.drop_index('ix_reorganisation_stage')

    op.drop_table('reorganisation')