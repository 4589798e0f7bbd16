"""All tables, imported in one place so that Alembic and the session see the whole schema."""

# First of all: it names constraints before Flask-AppBuilder's own tables are defined.
from app.models.base import Model  # isort: skip

from app.models.accounts.account import Account
from app.models.accounts.session import AccountSession, UnsentForm
from app.models.accounts.sign_in import (
    AccountLink,
    FailedSignIn,
    FormerAddress,
    RecoveryCode,
    RoleDemand,
    Tries,
)
from app.models.agencies.agency import Agency, AgencyPastLine, AgencyTree
from app.models.agencies.reorganisation import Reorganisation
from app.models.channels.api import ApiClient, ApiCode, ApiToken
from app.models.channels.sheet_import import SheetImport, SheetName, SheetRow
from app.models.channels.sms import QuietPhone, SmsMessage
from app.models.citizens.citizen import OneTimeCode, PublicComment, Rating
from app.models.figures.export import Export
from app.models.figures.stat import DigestMute, StatDirty, StatMonth, StatUnit
from app.models.inbox.delivery import IdempotencyKey, JobRun, OutboxMessage
from app.models.inbox.message import BroadcastMark, Conversation, ConversationSide, Message, Post
from app.models.inbox.notification import Notification, NotificationDigest, NotificationSetting
from app.models.reports.clock import ReportClock
from app.models.reports.contribution import Attachment, Comment, FileState, FollowUp, Reply
from app.models.reports.event import Event, EventText
from app.models.reports.public_choice import MaskChoice
from app.models.reports.report import Copy, Disposition, Report
from app.models.reports.reporter import Reporter
from app.models.reports.request import Request
from app.models.reports.scope import ReportScope
from app.models.system.audit import AuditEntry
from app.models.system.reference import ArchiveReason, Area, Category, CompletionTarget, DayOff
from app.models.system.search import SavedSearch, Synonym
from app.models.system.setting import SystemSetting

__all__ = [
    "Account",
    "AccountLink",
    "AccountSession",
    "Agency",
    "AgencyPastLine",
    "AgencyTree",
    "ApiClient",
    "ApiCode",
    "ApiToken",
    "ArchiveReason",
    "Area",
    "Attachment",
    "AuditEntry",
    "BroadcastMark",
    "Category",
    "Comment",
    "CompletionTarget",
    "Conversation",
    "ConversationSide",
    "Copy",
    "DayOff",
    "DigestMute",
    "Disposition",
    "Event",
    "EventText",
    "Export",
    "FailedSignIn",
    "FileState",
    "FollowUp",
    "FormerAddress",
    "IdempotencyKey",
    "JobRun",
    "MaskChoice",
    "Message",
    "Model",
    "Notification",
    "NotificationDigest",
    "NotificationSetting",
    "OneTimeCode",
    "OutboxMessage",
    "Post",
    "PublicComment",
    "QuietPhone",
    "Rating",
    "RecoveryCode",
    "Reorganisation",
    "Reply",
    "Report",
    "ReportClock",
    "ReportScope",
    "Reporter",
    "Request",
    "RoleDemand",
    "SavedSearch",
    "SheetImport",
    "SheetName",
    "SheetRow",
    "SmsMessage",
    "StatDirty",
    "StatMonth",
    "StatUnit",
    "Synonym",
    "SystemSetting",
    "Tries",
    "UnsentForm",
]
