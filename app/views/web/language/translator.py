"""Words in the reader's language, with the catalogue looked up once for a request.

Flask-Babel asks for context, domain, locale and catalogue anew for each message: on a worklist that was a
third of the page's time. Pages that say much import `_` and `ngettext` from here, templates all do.
"""

from __future__ import annotations

from typing import Any

from flask import g, has_request_context
from flask_babel import get_domain


def catalogue() -> Any:
    """The reader's catalogue. Nobody's language changes within a request."""
    if not has_request_context():
        return get_domain().get_translations()
    found = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_domain().get_translations()
    return found


def gettext(message: str, **values: object) -> str:
    text: str = catalogue().ugettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    text: str = catalogue().ungettext(singular, plural, number)
    return text % {"num": number, **values}
