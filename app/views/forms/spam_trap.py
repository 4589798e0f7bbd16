"""What tells a person from a machine on a public form, without asking anything: a field that people do not
see, and the time that typing takes. Works without a script; nothing is asked of anybody else's server."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, Signer
from wtforms import HiddenField, StringField

from app.rules.citizens.forms import FORM_LIFETIME, FORM_SECONDS
from app.rules.labels import N_
from app.views.web import context
from app.views.web.language.marked_words import translated

TOO_FAST = N_(
    "Formulir terkirim terlalu cepat atau sudah terlalu lama terbuka. Periksa isiannya, lalu kirim lagi."
)
TRAPPED = N_('Kosongkan kolom "Situs web" di akhir formulir, lalu kirim lagi.')


class HumanFields:
    """A mixin of MoveForm: `website` is the field that people do not see, `opened` when it was shown."""

    website = StringField()
    opened = HiddenField()

    def note_opening(self) -> None:
        self.opened.data = _signer().sign(context.now().isoformat()).decode()

    def machine_says(self) -> str:
        """Why this looks like a machine's doing, in words that help a person; "" if it does not.

        The form that is shown again starts anew: the next try comes from somebody who has read.
        """
        opened = _opened(self.opened.data or "")
        gone = context.now() - opened if opened is not None else None
        self.note_opening()
        if self.website.data:
            return translated(TRAPPED)
        if gone is None or not FORM_SECONDS <= gone.total_seconds() <= FORM_LIFETIME.total_seconds():
            return translated(TOO_FAST)
        return ""


def _signer() -> Signer:
    return Signer(current_app.config["LAPOR"].key(), salt="form-opened")


def _opened(signed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(_signer().unsign(signed).decode())
    except (BadSignature, ValueError):
        return None
