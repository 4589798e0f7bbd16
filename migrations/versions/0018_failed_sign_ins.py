"""Failed tries at signing in, by day; and a permission of its own for the audit log.

Revision: 0018, after 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

AUDIT, SETTINGS, READ, SUPERVISOR = 'audit', 'settings', 'can_read', 'Supervisor'


def upgrade() -> None:
    op.create_table('failed_sign_in',
    sa.Column('day', sa.Date(), nullable=False, comment='The day, in WIB'),
    sa.Column('place_hash', sa.String(length=64), nullable=False, comment='Keyed hash of the place that it came from'),
    sa.Column('name_hash', sa.String(length=64), nullable=False, comment='Keyed hash of the name that was typed'),
    sa.Column('user_id', sa.Integer(), nullable=True, comment='Whose name it is; NULL when nobody has it'),
    sa.Column('number', sa.Integer(), nullable=False, comment='Failures on that day'),
    sa.Column('told', sa.Integer(), nullable=False, comment='How many of them the owner was told of'),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True, comment='When the owner was told last, UTC'),
    sa.Column('first_at', sa.DateTime(timezone=True), nullable=False, comment='The first of them, UTC'),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False, comment='The last of them, UTC'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_failed_sign_in_user_id_ab_user')),
    sa.PrimaryKeyConstraint('day', 'place_hash', 'name_hash', name=op.f('pk_failed_sign_in')),
    comment='Failed tries at signing in by day, name and place, as keyed hashes; swept'
    )
    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.create_index('ix_failed_sign_in_last_at', ['last_at'], unique=False)
        batch_op.create_index('ix_failed_sign_in_user_id', ['user_id'], unique=False)
    _let_read()


def _let_read() -> None:
    """Who could read the audit log with the settings reads it on, and supervisors besides.

    A new installation has no roles yet: sync-security gives them theirs.
    """
    tables = sa.MetaData()
    connection = op.get_bind()
    view, permission, pair, grant, role = (
        sa.Table(name, tables, autoload_with=connection)
        for name in ('ab_view_menu', 'ab_permission', 'ab_permission_view', 'ab_permission_view_role', 'ab_role')
    )

    def pair_of(menu: str) -> int | None:
        found = connection.scalar(
            sa.select(pair.c.id)
            .join(view, view.c.id == pair.c.view_menu_id)
            .join(permission, permission.c.id == pair.c.permission_id)
            .where(view.c.name == menu, permission.c.name == READ)
        )
        return int(found) if found is not None else None

    settings = pair_of(SETTINGS)
    if settings is None or pair_of(AUDIT) is not None:
        return
    _insert(connection, view, {'name': AUDIT})
    menu = connection.scalar(sa.select(view.c.id).where(view.c.name == AUDIT))
    read = connection.scalar(sa.select(permission.c.id).where(permission.c.name == READ))
    _insert(connection, pair, {'permission_id': read, 'view_menu_id': menu})
    audit = pair_of(AUDIT)
    readers = set(connection.scalars(sa.select(grant.c.role_id).where(grant.c.permission_view_id == settings)))
    readers |= set(connection.scalars(sa.select(role.c.id).where(role.c.name == SUPERVISOR)))
    for reader in sorted(readers):
        _insert(connection, grant, {'permission_view_id': audit, 'role_id': reader})


def _insert(connection: sa.Connection, table: sa.Table, values: dict[str, object]) -> None:
    """On PostgreSQL Flask-AppBuilder numbers rows by sequences of its own."""
    sequence = sa.Sequence(f'{table.name}_id_seq')
    if connection.dialect.name == 'postgresql':
        values = {'id': connection.scalar(sequence), **values}
    connection.execute(table.insert().values(values))


def downgrade() -> None:
    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.drop_index('ix_failed_sign_in_user_id')
        batch_op.drop_index('ix_failed_sign_in_last_at')

    op.drop_table('failed_sign_in')
