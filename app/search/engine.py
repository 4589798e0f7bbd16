"""What a search engine does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.rules.reports.tabs import Basis
from app.search.document import Document
from app.search.query import Choice


class TooSlow(Exception):
    """A search took longer than anybody waits; fewer dates would help."""


@dataclass(frozen=True)
class IndexQuery:
    """What an index is asked: wanted and unwanted words, marks of which each group must hold one.

    holders: marks of agencies that are called by the words themselves; what they hold is found too.
    """

    wanted: tuple[Choice, ...]
    unwanted: tuple[Choice, ...]
    marks: tuple[tuple[str, ...], ...]
    holders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Probe:
    """Criteria that each hit is held against, as SQL on report_scope p and report r, with their values."""

    scope: str
    report: str
    values: dict[str, Any]
    types: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Hit:
    """key: the hit's place in its order, beside its number."""

    report_id: int
    basis: Basis
    key: int


class Engine(Protocol):
    """One of the two. Nothing of it commits."""

    def write(self, session: Session, report_ids: Collection[int], made: Iterable[Document]) -> None:
        """Replace the rows of these reports by `made`."""

    def prepare(self, session: Session) -> None:
        """Before all reports are indexed: what makes it quicker while nothing can be found yet."""

    def finish(self, session: Session) -> None:
        """After it."""

    def differing(self, session: Session, report_ids: Collection[int], made: Iterable[Document]) -> set[int]:
        """The keys of those whose rows are not `made`."""

    def named(self, session: Session, name: Sequence[str], limit: int) -> Sequence[tuple[int, str, str]]:
        """Key, name and short name of agencies that may be called by all of these words."""

    def by_number(
        self,
        session: Session,
        sought: IndexQuery,
        probe: Probe,
        *,
        after: int | None,
        rising: bool,
        limit: int,
    ) -> list[Hit]:
        """Hits by tracking number, falling or rising, beyond `after`."""

    def by_deadline(
        self, session: Session, sought: IndexQuery, probe: Probe, *, after: tuple[int, int] | None, limit: int
    ) -> list[Hit]:
        """Hits by the scope row's sort key, then number, beyond `after`."""

    def by_rank(
        self, session: Session, sought: IndexQuery, probe: Probe, *, among: int, skip: int, limit: int
    ) -> list[Hit]:
        """The newest `among` hits, best first, without the first `skip` of them."""

    def limited(self, session: Session, milliseconds: int) -> AbstractContextManager[None]:
        """Within it a statement that takes longer raises TooSlow."""
