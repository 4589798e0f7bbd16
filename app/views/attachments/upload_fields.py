"""The form field "Lampiran": several files, kept over a refusal, with and without a script.

    class CommentForm(MoveForm):
        text = TextAreaField(_l("Komentar"))
        files = FilesField(_l("Lampiran"))

The template shows it with `files_field(form.files)` of _files.html, in a form that is multipart; the
service takes `files=form.files.names`. MoveForm.settle() looks at what was chosen. Of whoever has an account
it is stored then, and kept over a refusal, within their quota; of a visitor, or of who has a secret link
alone, only once everything else of the form is in order: attempt() tries the move first without a trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.widgets import TextInput

from app.extensions import db, present_settings
from app.models import Attachment
from app.rules.attachments.files import Sender, extensions_for
from app.rules.errors import Invalid
from app.services.attachments.uploads import EXPIRED, MEGABYTE, TOO_MANY, NewFile, pending, sent
from app.views.attachments.files import size_in_words
from app.views.attachments.keeping import NO_ROOM, keep, looked_at, room_now, set_aside
from app.views.web import context
from app.views.web.language.marked_words import translated


def limits() -> tuple[int, int]:
    """How large a file may be, in bytes, and how many come with one form."""
    if "settings" not in g:  # asked for each field of a page
        g.settings = present_settings(context.reading())
    settings = g.settings
    return settings.attachment_max_mb * MEGABYTE, settings.attachments_max_count


class FilesField(Field):
    """`names`: the stored names of what is uploaded and still ticked; `kept`: the same, to be shown.

    `sent`: what a second click names although the first one took it. The service, which knows whether
    this form was sent before, says then what to do. `new`: what was looked at and is not stored yet.
    """

    widget = TextInput()

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, **more)
        self.kept: list[Attachment] = []
        self.sent: list[str] = []
        self.new: list[NewFile] = []
        self.stored = False
        self._report_id: int | None = None
        self._tried: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, None, extra_filters)
        self.wanted = [str(name) for name in formdata.getlist(f"{self.name}_kept")] if formdata else []

    @property
    def names(self) -> list[str]:
        return [*(file.stored_name for file in self.kept), *self.sent, *self._tried]

    @property
    def lost(self) -> bool:
        """Whether files that were chosen have to be chosen again: a form that is shown anew has none."""
        return not self.stored and any(chosen.filename for chosen in request.files.getlist(self.name))

    @property
    def sender(self) -> Sender:
        return Sender.OFFICER if context.actor().is_officer else Sender.CITIZEN

    @property
    def accepts(self) -> str:
        return ",".join(f".{extension}" for extension in extensions_for(self.sender))

    @property
    def types(self) -> str:
        return ", ".join(extensions_for(self.sender))

    @property
    def max_bytes(self) -> int:
        return limits()[0]

    @property
    def megabytes(self) -> int:
        return self.max_bytes // MEGABYTE

    def size(self, file: Attachment) -> str:
        return size_in_words(file.size)

    def look(self, report_id: int | None) -> bool:
        """Look at what was chosen; whether all of it could be taken."""
        actor = context.actor()
        _size, count = limits()
        self._report_id = report_id
        self.kept = pending(db.session(), actor, self.wanted, report_id, context.now())
        gone = set(self.wanted) - {file.stored_name for file in self.kept}
        self.sent = sent(db.session(), actor, gone)
        if gone - set(self.sent):
            self._refuse(_(EXPIRED))
        self.new = self._looked_at()
        if len(self.kept) + len(self.new) > count:
            self._refuse(_(TOO_MANY, limit=count))
            self.new = self.new[: max(0, count - len(self.kept))]
        return not self.errors

    def store(self) -> bool:
        """Store what was looked at; whether all of it could be taken.

        What could be taken is kept either way, so that only the refused one has to be chosen anew.
        """
        new, self.new = self.new, []
        if not new:
            return not self.errors
        actor = context.actor()
        try:
            names, failed = keep(actor, new, self._report_id)
        except Invalid as refused:
            self._refuse(*(translated(message) for message in refused.errors.values()))
            return False
        self._refuse(*(translated(each.message) for each in failed))
        self.stored = bool(names)
        named = [*(file.stored_name for file in self.kept), *names]
        self.kept = pending(db.session(), actor, named, self._report_id, context.now())
        return not self.errors

    @contextmanager
    def as_if_stored(self, session: Session) -> Iterator[None]:
        """Within: the new files have names, of rows that this transaction is not to commit. Raises Invalid."""
        self._tried = set_aside(session, context.actor(), self.new, self._report_id) if self.new else []
        try:
            yield
        finally:
            self._tried = []

    def _refuse(self, *said: str) -> None:
        self.errors = [*self.errors, *said]

    def _looked_at(self) -> list[NewFile]:
        size, _count = limits()
        found: list[NewFile] = []
        for chosen in request.files.getlist(self.name):
            if not chosen.filename:
                continue
            if room_now().short:
                self._refuse(_(NO_ROOM))
                return []
            try:
                found.append(looked_at(chosen.filename, _read(chosen, size), self.sender, limit=size))
            except Invalid as refused:
                self._refuse(*(translated(message) for message in refused.errors.values()))
        return found


def _read(chosen: FileStorage, limit: int) -> bytes:
    """One byte more than the limit tells that it is passed."""
    try:
        return chosen.stream.read(limit + 1)
    finally:
        chosen.close()
