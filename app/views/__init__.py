"""Pages: thin. A view reads its form, calls one service, and says what came of it."""

from __future__ import annotations

from flask_appbuilder import AppBuilder


def register(appbuilder: AppBuilder) -> None:
    """Register every view; the header's menu stands in pages.NAVIGATION."""
    from app.views.agencies import AgencyView
    from app.views.correcting import Correcting
    from app.views.deciding import Deciding
    from app.views.desk import Desk
    from app.views.files import Files
    from app.views.handling import Handling
    from app.views.health import Health
    from app.views.mailbox import Mailbox
    from app.views.pages import Language
    from app.views.picker import Picker
    from app.views.recording import Recording
    from app.views.report import ReportPage
    from app.views.requests import Requests
    from app.views.sms_gateway import SmsGateway
    from app.views.users import UserView
    from app.views.verification import Verification

    desk = (
        Desk,
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
    for view in (Language, *desk, AgencyView, UserView, Health, Mailbox, SmsGateway):
        appbuilder.add_view_no_menu(view)
