"""All tables, imported in one place so that Alembic and the session see the whole schema."""

# First of all: it names constraints before Flask-AppBuilder's own tables are defined.
from app.models.base import Model  # isort: skip

from app.models.account import Account
from app.models.agency import Agency, AgencyPastLine, AgencyTree
from app.models.api import ApiClient, ApiCode, ApiToken
from app.models.audit import AuditEntry
from app.models.citizen import OneTimeCode, PublicComment, Rating
from app.models.clock import ReportClock
from app.models.contribution import Attachment, Comment, FileState, FollowUp, Reply
from app.models.delivery import IdempotencyKey, JobRun, OutboxMessage
from app.models.event import Event, EventText
from app.models.export import Export
from app.models.masking import MaskChoice
from app.models.message import BroadcastMark, Conversation, ConversationSide, Message, Post
from app.models.notification import Notification, NotificationDigest, NotificationSetting
from app.models.reference import ArchiveReason, Area, Category, CompletionTarget, DayOff
from app.models.reorganisation import Reorganisation
from app.models.report import Copy, Disposition, Report
from app.models.reporter import Reporter
from app.models.request import Request
from app.models.scope import ReportScope
from app.models.search import SavedSearch, Synonym
from app.models.session import AccountSession, UnsentForm
from app.models.setting import SystemSetting
from app.models.sheet_import import SheetImport, SheetName, SheetRow
from app.models.sign_in import AccountLink, FailedSignIn, FormerAddress, RecoveryCode, RoleDemand, Tries
from app.models.sms import QuietPhone, SmsMessage
from app.models.stat import DigestMute, StatDirty, StatMonth, StatUnit

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
