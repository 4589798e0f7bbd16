"""What of a report is indexed: its words, as each kind of reader reads them, and marks to look it up by.

A report has one document for the agencies that see all of it, and one for those with a copy, who do not
see what the central desk took out of the reporter's text. Each holds the marks of the agencies that may
read it, so that an index narrows a search to one agency; the scope is asked for each hit all the same.
Reporters' names and contacts are no part of it, nor are names of agencies: those are looked up when
somebody searches, so that a new name is found at once. Nor is what is masked (access/public_text.py): whoever
holds a report reads it whole on its page, but nobody finds it by a number or a name that others may not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Text, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.access.public_text import Columns, Stored, listed, reads_original
from app.models import Attachment, Category, Comment, FileState, FollowUp, Reply, Report, ReportScope, Request
from app.rules.reports.codes import RequestStatus
from app.rules.reports.tabs import Basis
from app.search.words import words

BREAK = "_"  # stands between two texts: no phrase goes across
BASES = {basis.value: basis for basis in Basis}
FEW = 100
WORDS_MAX = 12_000  # of a document; PostgreSQL numbers words up to 16,383
BYTES_MAX = 900_000  # of it; a tsvector holds 1,048,575, of which marks and a title need little
PLACE_BYTES = 6  # that a word takes besides itself
LEVELS = (12, 15, 17)  # windows of 4,096, 32,768 and 131,072 tracking numbers


@dataclass(frozen=True)
class Texts:
    """A report as it is read for its documents. pieces: further texts in their order."""

    id: int
    title: str
    text: str
    original_title: str
    original_text: str
    location: str
    marks: frozenset[str]
    pieces: Sequence[str]
    is_anonymous: bool = False
    mask_choices: Stored = None


@dataclass(frozen=True)
class Document:
    """title, body: words in their order. marks: what else it can be found by, each with a leading _."""

    report_id: int
    basis: Basis
    title: tuple[str, ...]
    body: tuple[str, ...]
    marks: frozenset[str]


def agency_mark(agency_id: int) -> str:
    """Of reports that the agency sees."""
    return f"_a{agency_id}"


def holder_mark(agency_id: int) -> str:
    return f"_h{agency_id}"


def tab_mark(tab: str) -> str:
    """Of reports that lie in the tab for some agency."""
    return f"_t{tab}"


def category_mark(category_id: int) -> str:
    return f"_c{category_id}"


def main_mark(category_id: int) -> str:
    """Of reports in a category below that one."""
    return f"_g{category_id}"


def area_mark(code: str) -> str:
    return f"_r{code.replace('.', '_')}"


def classification_mark(code: str) -> str:
    return f"_k{code}"


def source_mark(code: str) -> str:
    return f"_s{code}"


def month_mark(at: datetime) -> str:
    return f"_m{at:%Y%m}"


def year_mark(year: int) -> str:
    return f"_y{year}"


def rating_mark(stars: int) -> str:
    return f"_e{stars}"


HELD_MARK, FILE_MARK, ASKED_MARK = "_held", "_file", "_asked"


def window_mark(level: int, number: int) -> str:
    """Of reports whose tracking number, without its last `level` bits, is `number`."""
    return f"_w{level}_{number}"


def facts_marks(
    report_id: int,
    received_at: datetime,
    holder_id: int,
    category: tuple[int | None, int | None],
    area_code: str | None,
    classification: str | None,
    source: str,
    rating: int | None,
    *,
    held: bool,
) -> list[str]:
    """The marks of what stands in the report's own row. category: with the main one above it."""
    found = [
        holder_mark(holder_id),
        source_mark(source),
        month_mark(received_at),
        year_mark(received_at.year),
    ]
    found += [window_mark(level, report_id >> level) for level in LEVELS]
    own, main = category
    if own is not None:
        found.append(category_mark(own))
    if main is not None:
        found.append(main_mark(main))
    if area_code:
        parts = area_code.split(".")
        found += [area_mark(".".join(parts[: n + 1])) for n in range(len(parts))]
    if classification:
        found.append(classification_mark(classification))
    if rating:
        found.append(rating_mark(rating))
    if held:
        found.append(HELD_MARK)
    return found


def documents(session: Session, report_ids: Collection[int]) -> dict[tuple[int, Basis], Document]:
    """The documents that these reports must have, read in three queries."""
    keys = sorted(report_ids)
    if not keys:
        return {}
    pieces = _pieces(session, keys)
    seen: dict[int, list[tuple[int, str, Basis]]] = {}
    for report_id, agency_id, tab, basis in session.execute(
        select(ReportScope.report_id, ReportScope.agency_id, ReportScope.tab, ReportScope.basis).where(
            among(ReportScope.report_id, keys)
        )
    ):
        seen.setdefault(report_id, []).append((agency_id, tab.value, BASES[basis]))
    made: dict[tuple[int, Basis], Document] = {}
    wanted = set(keys)
    for row in session.execute(_reports().where(among(Report.id, keys))):
        if row.id in wanted:
            texts = _texts(row, pieces.get(row.id, ()))
            for document in make(texts, seen.get(row.id, ())):
                made[document.report_id, document.basis] = document
    return made


def among(column: Any, keys: Sequence[int]) -> ColumnElement[bool]:
    """Criterion for these keys, in order: one by one while they are few. Of many it lets through what lies
    between them, too: naming each costs more than reading it."""
    found: ColumnElement[bool] = column.in_(keys) if len(keys) <= FEW else column.between(keys[0], keys[-1])
    return found


def make(texts: Texts, seen: Iterable[tuple[int, str, Basis]]) -> list[Document]:
    """The documents of a report. seen: agency, tab and basis of each row of its scope."""
    marks: dict[Basis, set[str]] = {}
    for agency_id, tab, basis in seen:
        marks.setdefault(basis, set(texts.marks)).update((agency_mark(agency_id), tab_mark(tab)))
    if not marks:
        return []
    found = []
    for basis, marked in sorted(marks.items()):
        columns = Columns(texts.is_anonymous, texts.mask_choices)
        version = listed(columns, basis)
        title = tuple(words(version.without(texts.title)))[:WORDS_MAX]
        read = [texts.text, texts.location, *texts.pieces]
        if reads_original(version, columns, basis):
            read += [texts.original_title] if texts.original_title != texts.title else []
            read += [texts.original_text] if texts.original_text != texts.text else []
        body = [words(version.without(each)) for each in read]
        found.append(Document(texts.id, basis, title, _joined(body), frozenset(marked)))
    return found


def _joined(texts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        if text:
            found += [BREAK, *text] if found else text
    return _fitting(found)


def _fitting(found: Sequence[str]) -> tuple[str, ...]:
    """As many of these words as a document holds; what comes after is not found by its words."""
    taken = 0
    for number, word in enumerate(found[:WORDS_MAX]):
        taken += len(word.encode()) + PLACE_BYTES
        if taken > BYTES_MAX:
            return tuple(found[:number])
    return tuple(found[:WORDS_MAX])


def _reports() -> Select[*tuple[Any, ...]]:
    return select(
        Report.id, Report.title, Report.text, Report.original_title, Report.original_text, Report.location,
        Report.received_at, Report.holder_id, Report.category_id, Report.area_code, Report.classification,
        Report.source, Report.rating, Report.held, Report.is_anonymous, Report.mask_choices, Category.parent_id,
    ).outerjoin(Category, Category.id == Report.category_id)  # fmt: skip


def _texts(row: Any, pieces: Sequence[tuple[str, str]]) -> Texts:
    marks = facts_marks(
        row.id,
        row.received_at,
        row.holder_id,
        (row.category_id, row.parent_id),
        row.area_code,
        row.classification,
        row.source,
        row.rating,
        held=row.held,
    )
    marks += [mark for mark, _ in pieces if mark]
    return Texts(
        row.id,
        row.title,
        row.text,
        row.original_title,
        row.original_text,
        row.location,
        frozenset(marks),
        [text for _, text in pieces if text],
        row.is_anonymous,
        row.mask_choices,
    )


def pieces_query(report_ids: Sequence[int]) -> Any:
    """What people added to these reports (in order) and officers read: (report, kind, key, text), and what is there
    besides as kinds without a text. A comment that moderation hid is none."""
    parts = [
        select(FollowUp.report_id, literal("1follow_up"), FollowUp.seq, FollowUp.text).where(
            among(FollowUp.report_id, report_ids)
        ),
        select(Reply.report_id, literal("2reply"), Reply.seq, Reply.text).where(
            among(Reply.report_id, report_ids)
        ),
        select(Comment.report_id, literal("3comment"), Comment.id, Comment.text).where(
            among(Comment.report_id, report_ids), Comment.hidden_at.is_(None)
        ),
        select(Attachment.report_id, literal(FILE_MARK), cast(null(), BigInteger), cast(null(), Text)).where(
            among(Attachment.report_id, report_ids), Attachment.state == FileState.READY
        ),
        select(Request.report_id, literal(ASKED_MARK), cast(null(), BigInteger), cast(null(), Text)).where(
            among(Request.report_id, report_ids), Request.status == RequestStatus.OPEN
        ),
    ]
    return union_all(*parts)


def _pieces(session: Session, report_ids: Sequence[int]) -> Mapping[int, list[tuple[str, str]]]:
    """(mark, text) of each report, in the order of pieces_query's kinds and keys."""
    rows = sorted(session.execute(pieces_query(report_ids)), key=lambda row: (row[0], row[1], row[2] or 0))
    found: dict[int, list[tuple[str, str]]] = {}
    for report_id, kind, _, text in rows:
        found.setdefault(report_id, []).append((kind if text is None else "", text or ""))
    return found
