"""The names in a Laporan Ringkas, and which agency, category or area of ours they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from app.models import Agency, Area, Category
from app.rules.channels.ringkas import folded
from app.rules.channels.ringkas_words import NameKind

SUGGESTIONS = 5
ALIKE = 0.5  # of 1; below it a proposal would only mislead
PREFIX = re.compile(r"^(provinsi|prov\.?|kecamatan|kec\.?)\s+")
ABBREVIATED = re.compile(r"^kab\.?\s+")


def match(session: Session, kind: NameKind, parent: str, name: str) -> int | None:
    """The key of the one agency or category that is clearly meant; None for none, or for several."""
    return _agency(session, parent, name) if kind is NameKind.AGENCY else _category(session, name)


def _agency(session: Session, parent: str, name: str) -> int | None:
    above = aliased(Agency)
    rows = session.execute(
        select(Agency.id, above.name)
        .outerjoin(above, above.id == Agency.parent_id)
        .where(or_(func.lower(Agency.name) == name.lower(), Agency.name == name), Agency.in_use)
        .limit(50)
    ).all()
    if len(rows) == 1:
        return int(rows[0][0])
    below = [key for key, over in rows if folded(over or "") == folded(parent)]
    return int(below[0]) if len(below) == 1 else None


def _category(session: Session, name: str) -> int | None:
    rows = session.execute(
        select(Category.id, Category.retired_at)
        .where(or_(func.lower(Category.name) == name.lower(), Category.name == name))
        .order_by(Category.retired_at.is_not(None), Category.parent_id.is_(None), Category.id)
    ).all()
    offered = [key for key, retired in rows if retired is None]
    if len(offered) > 1 or (not offered and len(rows) > 1):
        return None
    return int(rows[0][0]) if rows else None


def suggestions(session: Session, kind: NameKind, name: str) -> list[tuple[int, str]]:
    """Up to five agencies or categories whose names are most like this one, the best first."""
    words = [word for word in folded(name).split() if len(word) > 3] or folded(name).split()
    table = Agency if kind is NameKind.AGENCY else Category
    in_use = Agency.in_use if kind is NameKind.AGENCY else Category.retired_at.is_(None)
    holding = or_(*(func.lower(table.name).contains(word, autoescape=True) for word in words[-4:]))
    rows = session.execute(select(table.id, table.name).where(in_use, holding).limit(400)).all()
    ranked = sorted(
        ((SequenceMatcher(None, folded(name), folded(own)).ratio(), key, own) for key, own in rows),
        key=lambda each: (-each[0], each[2]),
    )
    return [(int(key), str(own)) for ratio, key, own in ranked[:SUGGESTIONS] if ratio >= ALIKE]


def same_area(name: str) -> str:
    """An area's name as it is compared: "Kab. Contoh" is "Kabupaten Contoh", "Provinsi X" is "X"."""
    plain = ABBREVIATED.sub("kabupaten ", folded(name))
    return PREFIX.sub("", plain)


class Places:
    """Areas by their names, looked up once for each."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.known: dict[str | None, dict[str, str]] = {}

    def code_of(self, words: Sequence[str]) -> str | None:
        """The smallest known area that province, regency and district name together; None for none."""
        return self._walk(words)[0]

    def knows(self, words: Sequence[str]) -> bool:
        """Whether every one of the names is known."""
        return self._walk(words)[1]

    def _walk(self, words: Sequence[str]) -> tuple[str | None, bool]:
        code: str | None = None
        for name in (word for word in words[:3] if word):
            found = self._below(code).get(same_area(name))
            if found is None:
                return code, False
            code = found
        return code, True

    def _below(self, code: str | None) -> dict[str, str]:
        if code not in self.known:
            rows = self.session.execute(select(Area.code, Area.name).where(Area.parent_code == code))
            self.known[code] = {same_area(name): key for key, name in rows}
            if code is not None:
                # "Contoh" alone is the regency, unless a city has the same name.
                bare = [(re.sub(r"^kabupaten ", "", name), key) for name, key in self.known[code].items()]
                for name, key in bare:
                    self.known[code].setdefault(name, key)
        return self.known[code]
