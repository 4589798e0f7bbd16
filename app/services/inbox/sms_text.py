"""What a text message is made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TextMessage:
    """A text message ready to be carried. number: of its outbox row."""

    number: int
    phone: str = field(repr=False)
    text: str = field(repr=False)


def plain(text: str) -> str:
    """`text` in the letters that every telephone and gateway has."""
    return text.encode("ascii", "replace").decode()
