"""Summaries count what everybody may read as well: they are built anew, by the job, a piece each minute.

Revision: 0016, after 0015
"""

from __future__ import annotations

from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Until its summaries are complete an agency is counted directly.
    op.execute('DELETE FROM stat_month')
    op.execute('DELETE FROM stat_unit')


def downgrade() -> None:
    op.execute("DELETE FROM stat_month WHERE dim LIKE 'public%' OR dim = 'unit_public'")
