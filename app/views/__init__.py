"""Pages: thin. A view reads its form, calls one service, and says what came of it."""

from __future__ import annotations

from flask_appbuilder import AppBuilder


def register(appbuilder: AppBuilder) -> None:
    """Register every view; the header's menu stands in pages.NAVIGATION."""
    from app.views.agencies import AgencyView
    from app.views.api_clients import ApiClients
    from app.views.audit_log import AuditLog
    from app.views.codes import Codes
    from app.views.correcting import Correcting
    from app.views.days_off import DayOffView
    from app.views.deciding import Deciding
    from app.views.desk import Desk
    from app.views.digests import Digests
    from app.views.exports import EXPORT_VIEWS
    from app.views.figure_list import FigureList
    from app.views.files import Files
    from app.views.filing import PublicFiling
    from app.views.handling import Handling
    from app.views.handover import HandOver
    from app.views.health import Health
    from app.views.joining import Joining
    from app.views.mailbox import Mailbox
    from app.views.monitoring import Monitoring
    from app.views.oauth.consent import Consent
    from app.views.oauth.tokens import TokenDesk
    from app.views.open311 import Open311
    from app.views.own import OwnReports
    from app.views.pages import Language
    from app.views.picker import Picker
    from app.views.promoting import Promotion
    from app.views.public import PublicReports
    from app.views.public_statistics import PublicStatistics
    from app.views.recording import Recording
    from app.views.reference import CategoryView, ReasonView, SynonymView, TargetView
    from app.views.remarks import Moderation, Remarks
    from app.views.report import ReportPage
    from app.views.requests import Requests
    from app.views.roles import Roles
    from app.views.search import Search
    from app.views.secret_link import SecretLink
    from app.views.security.demands import Demands
    from app.views.sheet_imports import SheetImports
    from app.views.sms_gateway import SmsGateway
    from app.views.statistics import Statistics
    from app.views.system import SystemSettings
    from app.views.user_care import UserCare
    from app.views.users import UserView
    from app.views.verification import Verification

    desk = (
        Desk,
        Search,
        ReportPage,
        Verification,
        Handling,
        Deciding,
        Correcting,
        Requests,
        Recording,
        Files,
        Picker,
    )
    citizens = (
        PublicReports,
        PublicStatistics,
        PublicFiling,
        Codes,
        Joining,
        OwnReports,
        SecretLink,
        Remarks,
        Moderation,
    )
    central = (
        Roles,
        Demands,
        DayOffView,
        CategoryView,
        ReasonView,
        TargetView,
        SynonymView,
        AuditLog,
        SystemSettings,
        Health,
        Mailbox,
        SheetImports,
        SmsGateway,
        Open311,
        ApiClients,
        Consent,
        TokenDesk,
    )
    monitor = (Statistics, FigureList, Monitoring, Digests, *EXPORT_VIEWS)
    for view in (
        Language,
        *desk,
        *monitor,
        *citizens,
        AgencyView,
        HandOver,
        UserView,
        UserCare,
        Promotion,
        *central,
    ):
        appbuilder.add_view_no_menu(view)
