"""The frame of every dialog about a report: it repeats the card, asks one thing, and says what came of it.

A page of its own, which page-dialogs.js shows over the page that it was opened from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.access.scope import get_report
from app.extensions import transaction
from app.models import Report
from app.rules.errors import Forbidden
from app.rules.local_paths import local_path
from app.rules.reports.masking import MaskingChoice
from app.rules.reports.workflow import Action, Verdict
from app.rules.text import REPORT_TEXT_MAX, key_of
from app.services.citizens import public_choices
from app.services.reports.locked_report import Form
from app.views.forms.move_form import RELOAD, Attempt, MoveForm, attempt
from app.views.reports.cards import Card, card
from app.views.reports.public_version import TYPED, Panel, panel, take, wanted
from app.views.web import context

Do = Callable[[Session, Form], Any]


@dataclass(frozen=True)
class Dialog:
    """action and verdict: what the reader must be able to do for the form to be shown at all.

    edits: the form holds title and text of the report whole, and beside them what everybody else reads; of who
    reads the report masked it is noted that they opened it. warns: whether what was typed must be looked at
    once more before it is sent.

    do: the service's call, within a transaction. said: what the reader is told afterwards. fill: what
    the form holds when it is opened. shown: further values for the template.
    """

    template: str
    form: MoveForm
    action: Action
    do: Do
    said: Callable[[], str]
    verdict: Verdict = Verdict.ALLOWED
    fill: Callable[[Session, Report], None] | None = None
    offer: Callable[[Session, Report], None] | None = None
    allowed: Callable[[Card], bool] | None = None
    goes_to: str = ""  # where the report lies afterwards, if that is where the reader is to look
    edits: bool = False
    warns: Callable[[Report], bool] | None = None
    home: str = ""  # where to go when the form was opened by its address; else the report

    def serve(self, report_id: str, **shown: Any) -> ResponseReturnValue:
        """Answer the request: the form, the form again with what was refused, or back to the list."""
        session, actor, form = context.reading(), context.actor(), self.form
        report = get_report(session, actor, key_of(report_id))
        tried, refused = Attempt(200), ""
        if request.method == "GET":
            form.prepare(report.version)
            if self.fill is not None:
                self.fill(session, report)
        if self.offer is not None:
            self.offer(session, report)
        if request.method == "POST":
            settled = form.settle(session, report.id)
            choices = wanted(request.form) if self.edits and RELOAD not in request.form else []
            if choices:
                refused = self._choose(report.id, choices)
                tried = Attempt(422 if refused else 200)
            elif RELOAD not in request.form:
                again = not settled or (self.warns is not None and self.warns(report))
                tried = Attempt(422) if again else attempt(form, report.id, self.do)
            if tried.done:
                flash(self.said(), "success")
                return redirect(self.goes_to or self._back(report_id), 303)
            report = get_report(session, actor, key_of(report_id))
        seen = card(session, actor, report, context.now())
        if not (self.allowed(seen) if self.allowed else seen.actions.get(self.action) is self.verdict):
            raise Forbidden
        if self.edits:
            if not seen.whole:
                self._note_opened(report.id)
            shown["public"] = self._public(report, refused)
        page = render_template(
            self.template,
            card=seen,
            report=report,
            form=form,
            events=tried.events,
            limit=REPORT_TEXT_MAX,
            back=self._back(report_id),
            **shown,
        )
        return page, tried.status

    def _choose(self, report_id: int, choices: Sequence[MaskingChoice]) -> str:
        """Hide or show words; of the texts in the form as well, which are not kept yet."""
        if not self.form.validate():
            return _("Formulir ini kedaluwarsa. Kirim sekali lagi.")
        fields = self.form.data
        return take(report_id, choices, [str(fields.get(name) or "") for name in ("title", "text")])

    def _public(self, report: Report, refused: str) -> Panel:
        fields = self.form.data
        texts = ((_("Judul"), fields.get("title") or ""), (_("Isi"), fields.get("text") or ""))
        typed = request.form.get(TYPED, "") if refused or RELOAD in request.form else ""
        return panel(report, texts, typed=typed, refused=refused)

    def _note_opened(self, report_id: int) -> None:
        with transaction(context.actor()) as session:
            public_choices.note_opened(session, context.actor(), report_id, context.now())

    def _back(self, report_id: str) -> str:
        named = local_path(self.form.back.data or "") or self.home
        return named or url_for("ReportPage.show", report_id=report_id)


def told(message: str, report_id: str) -> Callable[[], str]:
    """`message` (marked, with %(id)s) as it is said when the move is made."""
    return lambda: str(_(message, id=report_id))
