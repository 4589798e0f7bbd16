"""The holder's dialogs: Tindak Lanjut, Komentar, Teruskan and Bukan Wewenang (manual 6.3 to 6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, TextAreaField

from app.access.choices import Among
from app.access.tree import top_agency
from app.models import Report
from app.rules.accounts.roles import Resource
from app.rules.labels import N_
from app.rules.reports.workflow import Action
from app.services.reports import handling
from app.services.reports.locked_report import Form
from app.views.attachments.upload_fields import FilesField
from app.views.forms.agency_fields import AgenciesField, AgencyField
from app.views.forms.move_form import MoveForm
from app.views.reports.dialogs.deciding import AskDialog
from app.views.reports.dialogs.frame import Dialog
from app.views.reports.public_version import Spot, spots_of

FOLLOWED_UP = N_("Tindak lanjut untuk laporan #%(id)s terkirim. Laporan berada di Sedang Diproses.")
COMMENTED = N_("Komentar untuk laporan #%(id)s terkirim.")
FORWARDED = N_("Laporan #%(id)s diteruskan.")


class FollowUpForm(MoveForm):
    text = TextAreaField(_l("Tindak Lanjut"))
    files = FilesField(_l("Lampiran"))
    secret = BooleanField(_l("Rahasia"))
    looked_at = HiddenField()  # the answer whose masked words were shown before it goes out
    spots: Sequence[Spot] = ()

    def warns(self, report: Report) -> bool:
        """Whether something in a public answer is masked, or may have to be, and was not shown yet."""
        if self.secret.data or report.is_secret:
            return False
        answer = self.text.data or ""
        seen = sha256(answer.encode()).hexdigest()
        self.spots = spots_of(report, answer) if answer != "" else ()
        shown_before = self.looked_at.data == seen
        self.looked_at.data = seen
        return bool(self.spots) and not shown_before


class CommentForm(MoveForm):
    text = TextAreaField(_l("Komentar"))
    files = FilesField(_l("Lampiran"))


class CopiesForm(MoveForm):
    """Base of the forms that send copies: within the holder's top agency, and to all others."""

    internal = AgenciesField(_l("Salinan ke Unit Internal"))
    external = AgenciesField(_l("Salinan ke Unit Eksternal"))

    def look_from(self, session: Session, report: Report) -> None:
        """Divide the agencies as the holder sees them; the root has nothing that is external to it."""
        top = top_agency(session, report.holder_id)
        self.internal.among = Among(within=top or report.holder_id)
        self.external.among = Among(outside=top or report.holder_id)

    @property
    def copy_ids(self) -> tuple[int, ...]:
        return (*self.internal.ids, *self.external.ids)


class ForwardForm(CopiesForm):
    agency = AgencyField(_l("Teruskan ke Unit:"))

    def offer(self, session: Session, report: Report) -> None:
        self.look_from(session, report)
        self.agency.among = Among(below=report.holder_id)


class FollowUpDialog(Dialog):
    template, form_class, action, done = (
        "lapor/reports/follow_up.html",
        FollowUpForm,
        Action.FOLLOW_UP,
        FOLLOWED_UP,
    )
    form: FollowUpForm

    def do(self, session: Session, sealed: Form) -> object:
        form = self.form
        return handling.follow_up(
            session,
            self.actor,
            sealed,
            form.text.data or "",
            self.now,
            secret=form.secret.data,
            files=form.files.names,
        )

    def warns(self, report: Report) -> bool:
        return self.form.warns(report)

    def goes_to(self) -> str:
        return url_for("Desk.tab", slug="sedang-diproses")


class CommentDialog(Dialog):
    template, form_class, action, done = "lapor/reports/comment.html", CommentForm, Action.COMMENT, COMMENTED
    form: CommentForm

    def do(self, session: Session, sealed: Form) -> object:
        body, files = self.form.text.data or "", self.form.files.names
        return handling.comment(session, self.actor, sealed, body, self.now, files=files)


class ForwardDialog(Dialog):
    template, form_class, action, done = "lapor/reports/forward.html", ForwardForm, Action.FORWARD, FORWARDED
    form: ForwardForm

    def do(self, session: Session, sealed: Form) -> object:
        agency_id, copies = self.form.agency.agency_id, self.form.copy_ids
        return handling.forward(session, self.actor, sealed, agency_id, self.now, copy_ids=copies)

    def offer(self, session: Session, report: Report) -> None:
        self.form.offer(session, report)


class Handling(BaseView):
    route_base = "/laporan"
    default_view = "follow_up"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"follow_up": "act", "comment": "act", "forward": "act", "hand_back": "act"}

    @expose("/<report_id>/tindak-lanjut/", methods=["GET", "POST"])
    @has_access
    def follow_up(self, report_id: str) -> ResponseReturnValue:
        return FollowUpDialog(report_id).serve()

    @expose("/<report_id>/komentar/", methods=["GET", "POST"])
    @has_access
    def comment(self, report_id: str) -> ResponseReturnValue:
        return CommentDialog(report_id).serve()

    @expose("/<report_id>/teruskan/", methods=["GET", "POST"])
    @has_access
    def forward(self, report_id: str) -> ResponseReturnValue:
        return ForwardDialog(report_id).serve()

    @expose("/<report_id>/bukan-wewenang/", methods=["GET", "POST"])
    @has_access
    def hand_back(self, report_id: str) -> ResponseReturnValue:
        return AskDialog(report_id, Action.HAND_BACK).serve()
