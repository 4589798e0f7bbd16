"""The frame of every dialog about a report: it repeats the card, asks one thing, and says what came of it.

A page of its own, which lapor.js shows over the page that it was opened from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.access.scope import get_report
from app.models import Report
from app.rules.errors import Forbidden
from app.rules.local_paths import local_path
from app.rules.text import REPORT_TEXT_MAX, key_of
from app.rules.workflow import Action, Verdict
from app.services.entry import Form
from app.views import context
from app.views.cards import Card, card
from app.views.moves import Attempt, MoveForm, attempt

RELOAD = "reload"  # the button that only looks up what was typed; without a script
Do = Callable[[Session, Form], Any]


@dataclass(frozen=True)
class Dialog:
    """action and verdict: what the reader must be able to do for the form to be shown at all.

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
    home: str = ""  # where to go when the form was opened by its address; else the report

    def serve(self, report_id: str, **shown: Any) -> ResponseReturnValue:
        """Answer the request: the form, the form again with what was refused, or back to the list."""
        session, actor, form = context.reading(), context.actor(), self.form
        report = get_report(session, actor, key_of(report_id))
        tried = Attempt(200)
        if request.method == "GET":
            form.prepare(report.version)
            if self.fill is not None:
                self.fill(session, report)
        if self.offer is not None:
            self.offer(session, report)
        if request.method == "POST":
            settled = form.settle(session, report.id)
            if RELOAD not in request.form:
                tried = attempt(form, report.id, self.do) if settled else Attempt(422)
            if tried.done:
                flash(self.said(), "success")
                return redirect(self.goes_to or self._back(report_id), 303)
            report = get_report(session, actor, key_of(report_id))
        seen = card(session, actor, report, context.now())
        if not (self.allowed(seen) if self.allowed else seen.actions.get(self.action) is self.verdict):
            raise Forbidden
        page = render_template(
            f"lapor/{self.template}",
            card=seen,
            report=report,
            form=form,
            events=tried.events,
            limit=REPORT_TEXT_MAX,
            back=self._back(report_id),
            **shown,
        )
        return page, tried.status

    def _back(self, report_id: str) -> str:
        named = local_path(self.form.back.data or "") or self.home
        return named or url_for("ReportPage.show", report_id=report_id)


def told(message: str, report_id: str) -> Callable[[], str]:
    """`message` (marked, with %(id)s) as it is said when the move is made."""
    return lambda: str(_(message, id=report_id))
