"""The choices for names of a Laporan Ringkas that stand for nothing here: make it, or what it is called here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.access.channels.sheet_imports import name_of, unknown_names
from app.access.choices import find_agencies
from app.rules.channels.ringkas_words import NameKind
from app.rules.labels import N_
from app.rules.text import SHORT_MAX, key_of, storable
from app.services.channels.sheet_importing import MAKE
from app.services.channels.sheet_names import match, suggestions

SUGGESTED_MOST = 100  # names; beyond them a page of suggestions would take too long to make
CHOOSE_ONE = N_("Pilih salah satu dari daftar.")
NOTHING = N_("Tidak ada yang cocok. Coba kata lain.")


@dataclass
class NameChoice:
    """One name of the file. options: keys and names that it could be. target: what was chosen, None for
    nothing yet. query: what was typed to find another."""

    id: int
    kind: NameKind
    name: str
    parent: str
    rows: int
    options: list[tuple[int, str]] = field(default_factory=list)
    target: int | None = MAKE
    query: str = ""
    error: str = ""

    @property
    def is_agency(self) -> bool:
        return self.kind is NameKind.AGENCY


def name_choices(session: Session, import_id: int) -> list[NameChoice]:
    """Every agency and category of the file that is not known, with what it is most like."""
    names = [name for name in unknown_names(session, import_id) if name.kind is not NameKind.AREA]
    return [
        NameChoice(
            name.id,
            NameKind(name.kind),
            name.name,
            name.parent,
            name.rows,
            suggestions(session, NameKind(name.kind), name.name) if at < SUGGESTED_MOST else [],
        )
        for at, name in enumerate(names)
    ]


def settled(session: Session, choices: Sequence[NameChoice], typed: Mapping[str, str]) -> bool:
    """Take what was chosen and typed; False when the reader has to look again, with the reason."""
    for choice in choices:
        choice.query = storable(typed.get(f"query-{choice.id}", "")).strip()[:SHORT_MAX]
        raw = typed.get(f"name-{choice.id}", "")
        choice.target = MAKE if raw == "make" else key_of(raw)
        if choice.query:
            _search(session, choice)
        elif choice.target is None:
            choice.error = _(CHOOSE_ONE)
        elif choice.target != MAKE and choice.target not in dict(choice.options):
            # It came of a search before.
            choice.options = [*choice.options, (choice.target, name_of(session, choice.kind, choice.target))]
    return not any(choice.error for choice in choices)


def _search(session: Session, choice: NameChoice) -> None:
    """What was typed stands before what was chosen: the one that is meant, or a list to choose from."""
    if choice.is_agency:
        found = [(option.id, option.label) for option in find_agencies(session, choice.query)]
    else:
        found = suggestions(session, choice.kind, choice.query)
    meant = match(session, choice.kind, "", choice.query) or (found[0][0] if len(found) == 1 else None)
    if meant is not None:
        named = dict(found).get(meant, choice.query)
        choice.options = [(meant, named), *(each for each in choice.options if each[0] != meant)]
        choice.target, choice.query = meant, ""
        return
    choice.options = [*found, *(each for each in choice.options if each[0] not in dict(found))]
    choice.target, choice.query = None, ""
    choice.error = _(CHOOSE_ONE) if found else _(NOTHING)
