"""Secret links are renewed and turned off by their owner, and asked for again with a code

A report counts how often its link was ended, since each link is made from that count. A code confirms
one more purpose.

Revision: 0022, after 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

BEFORE = ('filing', 'register', 'password', 'phone')
PURPOSE = 'ck_one_time_code_codepurpose'
COMMENT = 'How often its secret link was ended: each is made from this count'


def upgrade() -> None:
    op.add_column('report', sa.Column('link_round', sa.Integer(), server_default='0', nullable=False, comment=COMMENT))
    _purposes((*BEFORE, 'link'))


def downgrade() -> None:
    op.execute("DELETE FROM one_time_code WHERE purpose = 'link'")
    _purposes(BEFORE)
    op.drop_column('report', 'link_round')


def _purposes(codes: tuple[str, ...]) -> None:
    check = f"purpose IN ({', '.join(repr(each) for each in codes)})"
    if op.get_bind().dialect.name == 'sqlite':
        # The table is made anew, and its checks, which are not read from it, are said again.
        with op.batch_alter_table('one_time_code', schema=None, recreate='always') as batch_op:
            batch_op.create_check_constraint(op.f('ck_one_time_code_one_address'), "(email = '') <> (phone = '')")
            batch_op.create_check_constraint(op.f(PURPOSE), check)
    else:
        op.drop_constraint(op.f(PURPOSE), 'one_time_code', type_='check')
        op.create_check_constraint(op.f(PURPOSE), 'one_time_code', check)
