"""What every form that changes a report has in common.

It carries the report's version and a random key of its own; a refusal keeps what was typed and says
what to do; a second click does nothing more.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import HiddenField

from app.extensions import transaction
from app.models import Event
from app.rules.errors import Invalid
from app.rules.local_paths import path_of
from app.rules.text import key_of
from app.services.idempotency import KEY_MAX
from app.services.reports.locked_report import Form, StaleForm
from app.views.attachments.upload_fields import FilesField
from app.views.forms.agency_fields import AgenciesField, AgencyField
from app.views.web import context
from app.views.web.language.marked_words import translated

RELOAD = "reload"  # the button that only looks up what was typed; without a script


def came_from() -> str:
    """The path of the page that this one was opened from, if it is a list or a report of ours."""
    path = path_of(request.referrer, request.host)
    ours = path.startswith("/laporan/") and path.partition("?")[0] != request.path
    return path if ours else ""


class RefusableForm(FlaskForm):
    """Base of the forms whose fields say what a service refuses."""

    def take(self, refused: Invalid) -> None:
        """Show each refusal at its field; at the top for a field that this form does not have."""
        for name, message in refused.errors.items():
            text = translated(message)
            target = self._fields.get(name)
            if target is None:
                self.form_errors.append(text)
            else:
                target.errors = [*target.errors, text]


class MoveForm(RefusableForm):
    """Base of the forms that make a move. Only the fields that the service names can be refused."""

    version = HiddenField()
    key = HiddenField()
    back = HiddenField()  # the page that the form was opened from

    def prepare(self, version: int) -> None:
        """Fill in the hidden fields for a form that is shown anew."""
        self.version.data = str(version)
        self.key.data = secrets.token_urlsafe(16)
        self.back.data = came_from()

    def settle(self, session: Session, report_id: int | None) -> bool:
        """Turn what was typed into agencies, and look at the files that were chosen; False when the
        reader has to look again. Files of an account are stored, and kept whatever comes of the form."""
        clear = True
        for each in self:
            if isinstance(each, AgencyField | AgenciesField):
                clear &= each.settle(session)
            elif isinstance(each, FilesField):
                clear &= each.look(report_id)
        if context.actor().user_id is not None:
            for field in self.file_fields:
                clear &= field.store()
        return clear

    @property
    def file_fields(self) -> Sequence[FilesField]:
        return [each for each in self if isinstance(each, FilesField)]

    def seal(self, report_id: int | None) -> Form:
        return Form(report_id, key_of(self.version.data) or 0, (self.key.data or "")[: KEY_MAX // 2])


@dataclass(frozen=True)
class Attempt:
    """How a try to make a move ended: `status` 303 done, 422 and 409 shown again with `events`."""

    status: int
    events: Sequence[Event] = field(default_factory=tuple)
    result: Any = None

    @property
    def done(self) -> bool:
        return self.status == 303


def attempt(form: MoveForm, report_id: int | None, do: Callable[[Session, Form], Any]) -> Attempt:
    """Call `do` in a transaction; turn what it refuses about the form into messages on the form.

    Refusals that no other input could mend (404, 403, a state that has moved on) are raised.
    """
    if not form.validate():
        return Attempt(422)
    try:
        if any(each.new for each in form.file_fields):
            _rehearse(form, report_id, do)
            for each in form.file_fields:
                each.store()
            if any(each.errors for each in form.file_fields):
                return Attempt(422)
        with transaction(context.actor()) as session:
            return Attempt(303, result=do(session, form.seal(report_id)))
    except Invalid as refused:
        form.take(refused)
        return Attempt(422)
    except StaleForm as stale:
        form.form_errors.append(_(stale.message))
        # Sending it again means: seen, and still meant.
        form.version.data = str(max(event.seq for event in stale.events))
        return Attempt(409, tuple(stale.events))


class _Rehearsed(Exception):
    """It would have been taken; nothing of it stays."""


def _rehearse(form: MoveForm, report_id: int | None, do: Callable[[Session, Form], Any]) -> None:
    """Make the move with the files that are not stored yet, and take all of it back.

    Only who has no account comes here; their forms number no report, so that no number is left out.
    Raises what the move raises.
    """
    with suppress(_Rehearsed), transaction(context.actor()) as session, ExitStack() as files:
        for each in form.file_fields:
            files.enter_context(each.as_if_stored(session))
        do(session, form.seal(report_id))
        raise _Rehearsed
