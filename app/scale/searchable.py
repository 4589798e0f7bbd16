"""The search index of generated reports, made from the rows at hand, by the functions that the desk uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from app.models.engine import WRITES
from app.rules.reports.tabs import Basis
from app.scale.sink import COLUMNS, Batch
from app.search import document as marked
from app.search.document import Document, Texts, make
from app.search.postgresql import tsvector
from app.search.sqlite import row_of

TABLE = "report_search"
_COLUMN = {table: {name: at for at, name in enumerate(names)} for table, names in COLUMNS.items()}
OPEN = "open"


def documents_of(batch: Batch, mains: Mapping[int, int | None]) -> list[Document]:
    """The documents of every report of a chunk. mains: the main category of each."""
    pieces: dict[Any, list[tuple[str, int, str]]] = defaultdict(list)
    for table in ("follow_up", "reply"):
        at = _COLUMN[table]
        for row in batch[table]:
            pieces[row[at["report_id"]]].append((table, int(row[at["seq"]] or 0), str(row[at["text"]])))
    at = _COLUMN["request"]
    asked = {row[at["report_id"]] for row in batch["request"] if row[at["status"]] == OPEN}
    seen: dict[Any, list[tuple[int, str, Basis]]] = defaultdict(list)
    at = _COLUMN["report_scope"]
    for row in batch["report_scope"]:
        seen[row[at["report_id"]]].append(
            (int(row[at["agency_id"]] or 0), str(row[at["tab"]]), Basis(int(row[at["basis"]] or 0)))
        )
    found: list[Document] = []
    for row in batch["report"]:
        values: dict[str, Any] = {name: row[at] for name, at in _COLUMN["report"].items()}
        key = values["id"]
        added = [text for _, _, text in sorted(pieces.get(key, ()))]
        found += make(_texts(values, added, mains, asked=key in asked), seen.get(key, ()))
    return found


def _texts(
    values: dict[str, Any], added: list[str], mains: Mapping[int, int | None], *, asked: bool
) -> Texts:
    marks = marked.facts_marks(
        values["id"],
        datetime.fromisoformat(values["received_at"]).replace(tzinfo=UTC),
        values["holder_id"],
        (values["category_id"], mains.get(values["category_id"])),
        values["area_code"],
        values["classification"],
        values["source"],
        values["rating"],
        held=bool(values["held"]),
    )
    if asked:
        marks.append(marked.ASKED_MARK)
    return Texts(
        values["id"],
        values["title"],
        values["text"],
        values["original_title"],
        values["original_text"],
        "",
        frozenset(marks),
        added,
        bool(values["is_anonymous"]),
    )


def write_documents(connection: sa.Connection, documents: list[Document]) -> None:
    """In the caller's transaction: COPY on PostgreSQL, INSERT on SQLite."""
    if connection.dialect.name == "postgresql":
        with (
            connection.connection.cursor() as cursor,  # type: ignore[attr-defined]
            cursor.copy(f"COPY {TABLE} (report_id, basis, tsv) FROM STDIN") as copy,
        ):
            copy.write("".join(f"{d.report_id}\t{d.basis.value}\t{tsvector(d)}\n" for d in documents))
        return
    assert connection.get_execution_options().get(WRITES), "SQLite's writers say so"
    connection.connection.executemany(
        f"INSERT INTO {TABLE} (rowid, title, body, marks) VALUES (?, ?, ?, ?)",  # noqa: S608 our own name
        [row_of(document) for document in documents],
    )
