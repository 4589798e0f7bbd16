"""A city's complaints as CSV: id, text, received, answered, topic, agency, district, village.

Each row becomes an unverified report with its own time of receipt. The row's agency is only a
suggestion: the central desk still verifies and dispatches. A bad row is named with its line and
reason and stops nothing; a second run adds nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM
from app.access.tree import root_id
from app.models import Area, Category, Report
from app.rules import text
from app.rules.errors import Invalid
from app.rules.labels import Filled
from app.rules.reports.codes import Channel
from app.services.agencies import management
from app.services.citizens.filing import Filing, file_report

SOURCE = "import-complaints"
COLUMNS = ("id", "text", "received", "topic", "agency", "district", "village")
BATCH = 200  # rows a transaction: a stop in between loses little, and the next run goes on
ZONE = ZoneInfo("Asia/Jakarta")  # the file's times carry none; the city lies in WIB
# A row that needs a field longer than this is a broken file, not a complaint.
csv.field_size_limit(1_000_000)


class UnreadableFile(ValueError):
    """The file is not the CSV that is expected; the message names what is missing."""


@dataclass(frozen=True)
class ComplaintFault:
    """A row that was refused: its line in the file, and why."""

    line: int
    reason: str


@dataclass
class ComplaintsResult:
    added: int = 0
    known: int = 0
    faults: list[ComplaintFault] = field(default_factory=list)


def import_complaints(
    path: Path,
    now: datetime,
    *,
    government: str,
    regency: str,
    transaction: Callable[[], AbstractContextManager[Session]],
) -> ComplaintsResult:
    """File the rows of `path` (UTF-8) below the agency `government`, in the area `regency`.

    Agencies and categories that are not there are made. Raises UnreadableFile for another file.
    """
    result = ComplaintsResult()
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise UnreadableFile(f"{path.name}: the columns {', '.join(missing)} are missing")
        rows = _numbered(reader)
        while batch := list(islice(rows, BATCH)):
            with transaction() as session:
                _Importer(session, now, government, regency, result).take(batch)
    return result


def _numbered(reader: csv.DictReader[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line, row): the line on which the row ends, as an editor counts."""
    for row in reader:
        yield reader.line_num, row


class _Importer:
    """One batch: what it looks up once, and the rows that it files."""

    def __init__(
        self, session: Session, now: datetime, government: str, regency: str, result: ComplaintsResult
    ) -> None:
        self.session, self.now, self.result, self.regency = session, now, result, regency
        self.government = management.find_or_create(session, government, root_id(session), now)
        self.external_source = f"{SOURCE}:{government}"
        self.districts = {
            name.casefold(): code
            for code, name in session.execute(select(Area.code, Area.name).where(Area.parent_code == regency))
        }
        self.known_area = session.get(Area, regency) is not None
        self.categories: dict[str, int] = {}
        self.agencies: dict[str, int] = {}

    def take(self, batch: list[tuple[int, Mapping[str, str]]]) -> None:
        ids = [(row.get("id") or "").strip() for _, row in batch]
        there = set(
            self.session.scalars(
                select(Report.external_id).where(
                    Report.external_source == self.external_source, Report.external_id.in_(ids)
                )
            )
        )
        for (line, row), external_id in zip(batch, ids, strict=True):
            if external_id in there:
                self.result.known += 1
                continue
            try:
                with self.session.begin_nested():
                    self._file(row, external_id)
            except Invalid as refused:
                # What the refused row made is gone with its savepoint.
                self.categories.clear()
                self.agencies.clear()
                for name, reason in refused.errors.items():
                    filled = reason % reason.params if isinstance(reason, Filled) else reason
                    self.result.faults.append(ComplaintFault(line, f"{name}: {filled}"))
            else:
                there.add(external_id)
                self.result.added += 1

    def _file(self, row: Mapping[str, str], external_id: str) -> None:
        if None in row or any(row.get(name) is None for name in COLUMNS):
            raise Invalid({"row": "the number of columns differs from the header's"})
        external_id = text.clean(external_id, "id", limit=text.SHORT_MAX, lines=False)
        received_at = _time(row["received"])
        if received_at > self.now:
            raise Invalid({"received": "lies in the future"})
        district = row["district"].strip()
        place = ", ".join(part for part in (row["village"].strip(), district) if part)
        area = self.districts.get(district.casefold()) or (self.regency if self.known_area else None)
        file_report(
            self.session,
            SYSTEM,
            Filing(
                text=row["text"],
                source=Channel.IMPORT,
                category_id=self._category(row["topic"]),
                area_code=area,
                location=place,
                suggested_agency_id=self._agency(row["agency"]),
                external=(self.external_source, external_id),
            ),
            received_at,
        )

    def _category(self, topic: str) -> int:
        name = text.clean(topic, "topic", limit=text.SHORT_MAX, lines=False)
        if name not in self.categories:
            # The city's topics stand below one main category of their own.
            main = self._find_category(self.government.name, None)
            self.categories[name] = self._find_category(name, main)
        return self.categories[name]

    def _find_category(self, name: str, parent_id: int | None) -> int:
        found = self.session.scalar(
            select(Category.id).where(
                Category.name == name, Category.parent_id.is_not_distinct_from(parent_id)
            )
        )
        if found is None:
            category = Category(name=name, parent_id=parent_id)
            self.session.add(category)
            self.session.flush()
            found = category.id
        return found

    def _agency(self, name: str) -> int:
        clean_name = text.clean(name, "agency", limit=text.SHORT_MAX, lines=False)
        if clean_name not in self.agencies:
            self.agencies[clean_name] = management.find_or_create(
                self.session, clean_name, self.government.id, self.now
            ).id
        return self.agencies[clean_name]


def _time(value: str) -> datetime:
    try:
        naive = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise Invalid({"received": f"{value.strip()!r} is not a time like 2022-01-31 13:45:00"}) from error
    return naive.replace(tzinfo=ZONE) if naive.tzinfo is None else naive
