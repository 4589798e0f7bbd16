"""All tables, imported in one place so that Alembic and the session see the whole schema."""

from app.models.base import Model
from app.models.agency import Agency, AgencyTree
from app.models.account import Account
from app.models.reference import Area, ArchiveReason, Category, CompletionTarget, DayOff
from app.models.reporter import Reporter
from app.models.report import Copy, Disposition, Report
from app.models.contribution import Attachment, Comment, FollowUp, Reply
from app.models.request import Request
from app.models.clock import ReportClock
from app.models.event import Event, EventText
from app.models.scope import ReportScope
from app.models.delivery import IdempotencyKey, JobRun, OutboxMessage

__all__ = [
    "Account",
    "Agency",
    "AgencyTree",
    "ArchiveReason",
    "Area",
    "Attachment",
    "Category",
    "Comment",
    "CompletionTarget",
    "Copy",
    "DayOff",
    "Disposition",
    "Event",
    "EventText",
    "FollowUp",
    "IdempotencyKey",
    "JobRun",
    "Model",
    "OutboxMessage",
    "Reply",
    "Report",
    "ReportClock",
    "ReportScope",
    "Reporter",
    "Request",
]
