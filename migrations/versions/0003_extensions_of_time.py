"""More time for a first follow-up: the codes of its move, its event and its notification.

Revision: 0003, after 0002
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Each table with its column of codes, what was allowed before, and the new code.
COLUMNS = (
    (
        "event",
        "kind",
        "ck_event_eventkind",
        "extended",
        (
            "received",
            "verified",
            "details_asked",
            "completed",
            "archived",
            "restored",
            "corrected",
            "forwarded",
            "redirected",
            "followed_up",
            "replied",
            "handed_back",
            "held",
            "released",
            "closed",
            "auto_closed",
            "reopened",
            "commented",
            "requested",
            "request_accepted",
            "request_rejected",
            "request_withdrawn",
            "request_voided",
            "reorganised",
        ),
    ),
    (
        "request",
        "action",
        "ck_request_action",
        "extend",
        (
            "verify",
            "ask_details",
            "complete",
            "archive",
            "restore",
            "correct",
            "forward",
            "redirect",
            "follow_up",
            "reply",
            "hand_back",
            "hold",
            "release",
            "close",
            "auto_close",
            "reopen",
            "comment",
        ),
    ),
    (
        "notification",
        "kind",
        "ck_notification_kind",
        "extension",
        (
            "disposition",
            "disposition_changed",
            "copy",
            "reply",
            "comment",
            "request",
            "decided",
            "voided",
            "hold",
            "release",
            "closing",
            "closes_tomorrow",
            "reopening",
            "deadline_near",
            "deadline_missed",
            "account",
            "handover",
        ),
    ),
)


def _allow(table: str, column: str, name: str, codes: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{code}'" for code in codes)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.create_check_constraint(op.f(name), f"{column} IN ({allowed})")


def upgrade() -> None:
    for table, column, name, new, codes in COLUMNS:
        _allow(table, column, name, (*codes, new))


def downgrade() -> None:
    # The older schema knows no extension; no number of a report's history may be missing.
    op.execute("UPDATE event SET kind = 'corrected' WHERE kind = 'extended'")
    op.execute("DELETE FROM request WHERE action = 'extend'")
    op.execute("DELETE FROM notification WHERE kind = 'extension'")
    for table, column, name, _new, codes in COLUMNS:
        _allow(table, column, name, codes)
