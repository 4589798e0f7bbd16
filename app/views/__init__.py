"""Pages: thin. A view reads its form, calls one service, and says what came of it."""

from __future__ import annotations

from flask_appbuilder import AppBuilder
from werkzeug.utils import import_string

# Every view. The header's menu stands in pages.NAVIGATION, who may open what at each view and in gate.py.
VIEWS = (
    # Of everybody.
    "pages:Language",
    # The desk.
    "desk:Desk",
    "search:Search",
    "report:ReportPage",
    "verification:Verification",
    "handling:Handling",
    "deciding:Deciding",
    "correcting:Correcting",
    "public_version:PublicVersion",
    "requests:Requests",
    "recording:Recording",
    "files:Files",
    "picker:Picker",
    "notifications:Notifications",
    "messages:Messages",
    # Monitor.
    "statistics:Statistics",
    "recaps:Recaps",
    "figure_list:FigureList",
    "monitoring:Monitoring",
    "digests:Digests",
    "exports:Exports",
    "exports:ReportExports",
    "list_exports:ListExports",
    "report_pdf:ReportPdf",
    "report_pdf:OwnReportPdf",
    # Citizens.
    "public:PublicReports",
    "public_statistics:PublicStatistics",
    "filing:PublicFiling",
    "codes:Codes",
    "joining:Joining",
    "own:OwnReports",
    "secret_link:SecretLink",
    "remarks:Remarks",
    "remarks:Moderation",
    # People and agencies.
    "agencies:AgencyView",
    "handover:HandOver",
    "reorganising:Moving",
    "reorganising:Reorganisations",
    "users:UserView",
    "user_care:UserCare",
    "promoting:Promotion",
    # The central desk, and programs that call.
    "roles:Roles",
    "security.demands:Demands",
    "days_off:DayOffView",
    "reference:CategoryView",
    "reference:ReasonView",
    "reference:TargetView",
    "reference:SynonymView",
    "audit_log:AuditLog",
    "system:SystemSettings",
    "health:Health",
    "mailbox:Mailbox",
    "sheet_imports:SheetImports",
    "sms_gateway:SmsGateway",
    "open311:Open311",
    "api_clients:ApiClients",
    "oauth.consent:Consent",
    "oauth.tokens:TokenDesk",
)


def register(appbuilder: AppBuilder) -> None:
    """Register every view. They are imported here, when there is an application for them."""
    for name in VIEWS:
        appbuilder.add_view_no_menu(import_string(f"app.views.{name}"))
