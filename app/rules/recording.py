"""Which channels an officer types in for a reporter: those that no machine brings in by itself."""

from __future__ import annotations

from app.rules.labels import Source

RECORDABLE: tuple[Source, ...] = (
    Source.FACE_TO_FACE,
    Source.LETTER,
    Source.HOTLINE,
    Source.CALL_CENTER,
    Source.EMAIL,
    Source.WHATSAPP,
    Source.INSTAGRAM,
    Source.FACEBOOK,
    Source.X,
)
