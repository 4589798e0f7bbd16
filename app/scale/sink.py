"""Rows on their way to a database: for each table its columns, and tuples of texts, numbers and None."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = tuple[str | int | None, ...]
Batch = dict[str, list[Row]]

COLUMNS: Mapping[str, Sequence[str]] = {
    "reporter": ("id", "user_id", "name", "email", "phone", "created_at"),
    "report": (
        "id", "version", "state", "held", "received_at", "source", "reporter_id", "is_anonymous", "is_secret",
        "original_title", "original_text", "title", "text", "classification", "category_id", "area_code",
        "holder_id", "verified_at", "first_follow_up_at", "last_follow_up_at", "last_reply_at",
        "reply_unanswered", "clock_kind", "clock_due_at", "ended_at", "ended_by", "archive_reason",
        "follow_up_count", "rating",
    ),
    "disposition": (
        "id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at",
        "end_action", "went_to_agency_id",
    ),
    "report_clock": (
        "id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at",
        "outcome",
    ),
    "event": (
        "report_id", "seq", "kind", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data",
    ),
    "event_text": ("report_id", "seq", "name", "text"),
    "follow_up": ("id", "report_id", "seq", "agency_id", "on_behalf_of_id", "user_id", "text", "is_secret", "at"),
    "reply": ("id", "report_id", "seq", "text", "at"),
    "request": (
        "id", "report_id", "action", "status", "asker_agency_id", "asker_user_id", "on_behalf_of_id",
        "decider_agency_id", "reason", "asked_at", "decided_at", "decider_user_id", "decided_for_id", "answer",
    ),
    "report_copy": ("report_id", "agency_id", "from_agency_id", "at"),
    "report_scope": ("agency_id", "reach", "tab", "sort_key", "report_id", "basis"),
}  # fmt: skip

# In the order in which foreign keys allow them.
TABLES = tuple(COLUMNS)


def empty() -> Batch:
    return {table: [] for table in TABLES}
