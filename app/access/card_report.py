"""A report as its card needs it: those columns alone, and no object that could be changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.models import Report
from app.rules.reports.codes import Channel, EndedBy
from app.rules.reports.workflow import Clock, State


class CardReport(NamedTuple):
    """Columns of Report, by their names there. A list reads dozens of reports: making whole ones of
    them, with every text that they were given, took longer than reading them."""

    id: int
    version: int
    state: State
    held: bool
    received_at: datetime
    source: Channel
    reporter_id: int | None
    is_anonymous: bool
    is_secret: bool
    link_hash: str | None
    title: str
    text: str
    mask_choices: Sequence[Sequence[str | bool]] | None
    holder_id: int
    last_reply_at: datetime | None
    reply_unanswered: bool
    clock_kind: Clock | None
    clock_due_at: datetime | None
    ended_by: EndedBy | None
    follow_up_count: int
    comment_count: int
    recorder_agency_id: int | None


COLUMNS = tuple(getattr(Report, name) for name in CardReport._fields)
AnyReport = Report | CardReport
