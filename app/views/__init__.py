"""Pages: thin. A view reads its form, calls one service, and says what came of it."""

from __future__ import annotations

from flask_appbuilder import AppBuilder
from werkzeug.utils import import_string

# Every view. The header's menu stands in web/layout.py, who may open what at each view and in gate.py.
VIEWS = (
    # Of everybody.
    "web.layout:Language",
    # The desk.
    "reports.desk:Desk",
    "reports.search:Search",
    "reports.report:ReportPage",
    "reports.dialogs.verification:Verification",
    "reports.dialogs.handling:Handling",
    "reports.dialogs.deciding:Deciding",
    "reports.dialogs.correcting:Correcting",
    "reports.public_version:PublicVersion",
    "reports.dialogs.requests:Requests",
    "citizens.recording:Recording",
    "attachments.files:Files",
    "web.picker:Picker",
    "inbox.notifications:Notifications",
    "inbox.messages:Messages",
    # Monitor.
    "figures.statistics:Statistics",
    "figures.recaps:Recaps",
    "figures.figure_list:FigureList",
    "figures.monitoring:Monitoring",
    "inbox.digests:Digests",
    "figures.exports:Exports",
    "figures.exports:ReportExports",
    "figures.list_exports:ListExports",
    "reports.report_pdf:ReportPdf",
    "reports.report_pdf:OwnReportPdf",
    # Citizens.
    "citizens.public_reports:PublicReports",
    "figures.public_statistics:PublicStatistics",
    "citizens.filing:PublicFiling",
    "citizens.codes:Codes",
    "citizens.joining:Joining",
    "citizens.own_reports:OwnReports",
    "citizens.secret_link:SecretLink",
    "citizens.remarks:Remarks",
    "citizens.remarks:Moderation",
    # People and agencies.
    "agencies.agencies:AgencyView",
    "agencies.handover:HandOver",
    "agencies.reorganisation:Moving",
    "agencies.reorganisation:Reorganisations",
    "accounts.users:UserView",
    "accounts.user_care:UserCare",
    "accounts.promoting:Promotion",
    # The central desk, and programs that call.
    "accounts.roles:Roles",
    "system.demands:Demands",
    "agencies.days_off:DayOffView",
    "system.reference:CategoryView",
    "system.reference:ReasonView",
    "system.reference:TargetView",
    "system.reference:SynonymView",
    "system.audit_log:AuditLog",
    "system.settings:SystemSettings",
    "system.health:Health",
    "inbox.mailbox:Mailbox",
    "channels.sheet_imports:SheetImports",
    "channels.sms_gateway:SmsGateway",
    "channels.open311:Open311",
    "channels.api_clients:ApiClients",
    "channels.oauth.consent:Consent",
    "channels.oauth.tokens:TokenDesk",
)


def register(appbuilder: AppBuilder) -> None:
    """Register every view. They are imported here, when there is an application for them."""
    for name in VIEWS:
        appbuilder.add_view_no_menu(import_string(f"app.views.{name}"))
