"""What an address may hold where it names a key."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter

from app.rules.text import NUMBER_LENGTH


class KeyConverter(IntegerConverter):
    """A whole number that both databases hold; an address with a longer one names nothing."""

    regex = rf"[0-9]{{1,{NUMBER_LENGTH}}}"
