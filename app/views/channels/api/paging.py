"""Pages by key: a cursor says where the last one ended. What is in it is nobody's business but ours."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from marshmallow import fields

from app.rules.errors import Invalid
from app.rules.labels import N_
from app.views.channels.api.fields import QuerySchema, integer, matching

LIMIT_MAX = 100
NO_CURSOR = N_("Penanda halaman ini tidak dapat dibaca. Mulai lagi dari halaman pertama.")
HIGHEST = 2**63


class PageQuery(QuerySchema):
    after = matching(r"^[A-Za-z0-9_-]{1,80}$", metadata={"description": "`next` dari halaman sebelumnya"})
    limit = integer(1, LIMIT_MAX, strict=False, load_default=25)


def cursor(*parts: int) -> str:
    raw = ".".join(str(part) for part in parts).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def place(raw: str | None, count: int) -> Sequence[int] | None:
    """The `count` numbers of a cursor; None without one. Raises Invalid at `after`."""
    if not raw:
        return None
    try:
        text = base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode("ascii")
        parts = [int(part) for part in text.split(".")]
    except (binascii.Error, ValueError) as error:
        raise Invalid({"after": NO_CURSOR}) from error
    if len(parts) != count or any(not -HIGHEST <= part < HIGHEST for part in parts):
        raise Invalid({"after": NO_CURSOR})
    return parts


def next_field() -> fields.String:
    return fields.String(
        required=True, allow_none=True, metadata={"description": "Untuk `after`; null pada halaman terakhir"}
    )
