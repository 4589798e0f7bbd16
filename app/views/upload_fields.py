"""The form field "Lampiran": several files, kept over a refusal, with and without a script.

    class CommentForm(MoveForm):
        text = TextAreaField(_l("Komentar"))
        files = FilesField(_l("Lampiran"))

The template shows it with `files_field(form.files)` of _files.html, in a form that is multipart; the
service takes `files=form.files.names`. MoveForm.settle() uploads what was chosen before the move is tried.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.widgets import TextInput

from app.access.actor import Actor
from app.extensions import db, present_settings, storage, transaction
from app.models import Attachment
from app.rules.errors import Invalid
from app.rules.files import Sender, extensions_for
from app.rules.labels import N_
from app.services.uploads import EXPIRED, MEGABYTE, TOO_MANY, NewFile, inspect, pending, reserve, sent
from app.views import context
from app.views.files import size_in_words
from app.views.words import translated

log = logging.getLogger(__name__)
NOT_STORED = N_("%(name)s gagal disimpan. Tulisan Anda tidak hilang; lampirkan lagi beberapa saat kemudian.")


def limits() -> tuple[int, int]:
    """How large a file may be, in bytes, and how many come with one form."""
    if "settings" not in g:  # asked for each field of a page
        g.settings = present_settings(context.reading())
    settings = g.settings
    return settings.attachment_max_mb * MEGABYTE, settings.attachments_max_count


class FilesField(Field):
    """`names`: the stored names of what is uploaded and still ticked; `kept`: the same, to be shown.

    `sent`: what a second click names although the first one took it. The service, which knows whether
    this form was sent before, says then what to do.
    """

    widget = TextInput()

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, **more)
        self.kept: list[Attachment] = []
        self.sent: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, None, extra_filters)
        self.wanted = [str(name) for name in formdata.getlist(f"{self.name}_kept")] if formdata else []

    @property
    def names(self) -> list[str]:
        return [*(file.stored_name for file in self.kept), *self.sent]

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

    def upload(self, report_id: int | None) -> bool:
        """Look at what was chosen and store it; whether all of it could be taken.

        What could be taken is kept either way, so that only the refused one has to be chosen anew.
        """
        actor = context.actor()
        _size, count = limits()
        kept = pending(db.session(), actor, self.wanted, report_id, context.now())
        gone = set(self.wanted) - {file.stored_name for file in kept}
        self.sent = sent(db.session(), actor, gone)
        if gone - set(self.sent):
            self.errors = [*self.errors, _(EXPIRED)]
        new = self._looked_at()
        if len(kept) + len(new) > count:
            self.errors = [*self.errors, _(TOO_MANY, limit=count)]
            new = new[: max(0, count - len(kept))]
        names = [file.stored_name for file in kept] + self._store(actor, new, report_id)
        self.kept = pending(db.session(), actor, names, report_id, context.now())
        return not self.errors

    def _looked_at(self) -> list[NewFile]:
        size, _count = limits()
        found = []
        for chosen in request.files.getlist(self.name):
            if not chosen.filename:
                continue
            try:
                found.append(inspect(chosen.filename, _read(chosen, size), self.sender, limit=size))
            except Invalid as refused:
                self.errors = [*self.errors, *(translated(message) for message in refused.errors.values())]
        return found

    def _store(self, actor: Actor, new: list[NewFile], report_id: int | None) -> list[str]:
        if not new:
            return []
        try:
            with transaction(actor) as session:
                names = reserve(session, actor, new, report_id, context.now())
        except Invalid as refused:
            self.errors = [*self.errors, *(translated(message) for message in refused.errors.values())]
            return []
        stored = []
        for name, file in zip(names, new, strict=True):
            try:
                storage().put(name, file.content)
            except Exception as error:
                # Without its name: that is the sender's. The row is swept like any that is never sent.
                log.exception("an attachment could not be stored: %s", type(error).__name__)
                self.errors = [*self.errors, _(NOT_STORED, name=file.name)]
            else:
                stored.append(name)
        return stored


def _read(chosen: FileStorage, limit: int) -> bytes:
    """One byte more than the limit tells that it is passed."""
    try:
        return chosen.stream.read(limit + 1)
    finally:
        chosen.close()
