"""The frame of every dialog about a report: it repeats the card, asks one thing, and says what came of it.

A page of its own, which page-dialogs.js shows over the page that it was opened from.
"""

from __future__ import annotations

from collections.abc import Sequence
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


class Dialog:
    """One form about one report. A subclass says which form and template, what is done with what was typed,
    and what the reader is told afterwards; serve() is the same for all.

    action and verdict: what the reader must be able to do for the form to be shown at all. done: what is
    said afterwards, with %(id)s. edits: the form holds title and text of the report whole, and beside them
    what everybody else reads; of who reads the report masked it is noted that they opened it.
    """

    template: str
    form_class: type[MoveForm]
    action: Action
    verdict: Verdict = Verdict.ALLOWED
    done: str
    edits: bool = False

    def __init__(self, report_id: str) -> None:
        self.report_id = report_id
        self.actor, self.now = context.actor(), context.now()
        self.form = self.make_form()

    # What a subclass says.

    def make_form(self) -> MoveForm:
        return self.form_class()

    def do(self, session: Session, sealed: Form) -> object:
        """The service's call, within a transaction."""
        raise NotImplementedError

    def said(self) -> str:
        """What the reader is told when it is done."""
        return str(_(self.done, id=self.report_id))

    def fill(self, session: Session, report: Report) -> None:
        """What the form holds when it is opened."""

    def offer(self, session: Session, report: Report) -> None:
        """The lists that a choice is made from."""

    def allowed(self, seen: Card) -> bool:
        """Whether the form is this reader's to see; it may raise a refusal with better words."""
        return seen.actions.get(self.action) is self.verdict

    def warns(self, report: Report) -> bool:
        """Whether what was typed must be looked at once more before it is sent."""
        return False

    def goes_to(self) -> str:
        """Where the report lies afterwards, if that is where the reader is to look."""
        return ""

    def home(self) -> str:
        """Where to go when the form was opened by its address."""
        return url_for("ReportPage.show", report_id=self.report_id)

    def shown(self) -> dict[str, Any]:
        """Further values for the template."""
        return {}

    # What is the same for all.

    def serve(self) -> ResponseReturnValue:
        """Answer the request: the form, the form again with what was refused, or back to the list."""
        session, form = context.reading(), self.form
        report = get_report(session, self.actor, key_of(self.report_id))
        tried, refused = Attempt(200), ""
        if request.method == "GET":
            form.prepare(report.version)
            self.fill(session, report)
        self.offer(session, report)
        if request.method == "POST":
            settled = form.settle(session, report.id)
            choices = wanted(request.form) if self.edits and RELOAD not in request.form else []
            if choices:
                refused = self._choose(report.id, choices)
                tried = Attempt(422 if refused else 200)
            elif RELOAD not in request.form:
                again = not settled or self.warns(report)
                tried = Attempt(422) if again else attempt(form, report.id, self.do)
            if tried.done:
                flash(self.said(), "success")
                return redirect(self.goes_to() or self._back(), 303)
            report = get_report(session, self.actor, key_of(self.report_id))
        seen = card(session, self.actor, report, self.now)
        if not self.allowed(seen):
            raise Forbidden
        public = self._public(report, refused) if self.edits else None
        if self.edits and not seen.whole:
            self._note_opened(report.id)
        page = render_template(
            self.template,
            card=seen,
            report=report,
            form=form,
            events=tried.events,
            limit=REPORT_TEXT_MAX,
            back=self._back(),
            **({"public": public} if self.edits else {}),
            **self.shown(),
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

    def _back(self) -> str:
        return local_path(self.form.back.data or "") or self.home()
