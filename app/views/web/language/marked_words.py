"""Marked messages in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _

from app.rules.labels import Filled


def translated(message: str) -> str:
    """A marked message in the reader's language, with its numbers."""
    return str(_(message, **message.params) if isinstance(message, Filled) else _(message))
