"""Pencarian Lebih Lanjut: what may be asked of a report beside its words.

Each is a mark of the index, that narrows, and a criterion on the report itself, that decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam

from app.models.base import UtcDateTime
from app.rules.reports.codes import Channel, Classification, RequestStatus
from app.rules.reports.tabs import DEADLINE_TABS, TAB_OF, Tab
from app.rules.reports.workflow import State
from app.search import document as marked

DAY = timedelta(days=1)
MONTHS_MAX = 24  # of a range that is looked up month by month; a longer one goes by years
NEVER = "_never"  # a mark that no document has
# The document of those with a copy has no tab but theirs and none of the holder's agencies: where these
# narrow a search it passes, and the criterion alone decides.
COPIED = marked.tab_mark(Tab.COPIES.value)


@dataclass(frozen=True)
class Filters:
    """None, False or empty: not asked. since, until: times of receipt, aware, until excluded.

    category_id, area_code: with what lies below them. holder_id: the agency that holds it; below: or one
    below that. late: its clock has run out. rating: stars.
    """

    since: datetime | None = None
    until: datetime | None = None
    state: State | None = None
    classification: Classification | None = None
    category_id: int | None = None
    area_code: str | None = None
    source: Channel | None = None
    holder_id: int | None = None
    below: bool = False
    late: bool = False
    held: bool = False
    asked: bool = False
    with_file: bool = False
    rating: int | None = None

    @property
    def empty(self) -> bool:
        return self == NO_FILTERS


NO_FILTERS = Filters()


@dataclass
class Criteria:
    """Groups of marks of which each must be found, and SQL on report r with its values."""

    marks: list[tuple[str, ...]]
    parts: list[str]
    values: dict[str, Any]
    types: list[Any]

    def add(self, sql: str, mark: str | tuple[str, ...] = (), **values: Any) -> None:
        self.parts.append(sql)
        self.values |= values
        if mark:
            self.marks.append((mark,) if isinstance(mark, str) else mark)


def criteria(filters: Filters, now: datetime) -> Criteria:
    found = Criteria([], [], {}, [])
    _received(found, filters)
    _codes(found, filters)
    if filters.holder_id is not None:
        if filters.below:
            found.add(
                "EXISTS (SELECT 1 FROM agency_tree t WHERE t.unit_id = r.holder_id AND t.ancestor_id = :holder)",
                (marked.agency_mark(filters.holder_id), COPIED),
                holder=filters.holder_id,
            )
        else:
            found.add(
                "r.holder_id = :holder", marked.holder_mark(filters.holder_id), holder=filters.holder_id
            )
    if filters.late:
        # While it is held no clock runs.
        found.add("r.clock_due_at < :now AND NOT r.held", (*open_marks(), COPIED), now=now)
        found.types.append(bindparam("now", type_=UtcDateTime()))
    if filters.held:
        found.add("r.held", marked.HELD_MARK)
    if filters.asked:
        found.add(
            "EXISTS (SELECT 1 FROM request q WHERE q.report_id = r.id AND q.status = :open_request)",
            marked.ASKED_MARK,
            open_request=RequestStatus.OPEN.value,
        )
    if filters.with_file:
        found.add(
            "EXISTS (SELECT 1 FROM attachment f WHERE f.report_id = r.id AND f.state = 'ready')",
            marked.FILE_MARK,
        )
    if filters.rating is not None:
        found.add("r.rating = :rating", marked.rating_mark(filters.rating), rating=filters.rating)
    return found


def open_marks() -> tuple[str, ...]:
    """Of reports in an open state."""
    return tuple(marked.tab_mark(tab) for tab in sorted(DEADLINE_TABS - {Tab.REQUESTS}))


def _received(found: Criteria, filters: Filters) -> None:
    if filters.since is not None:
        found.add("r.received_at >= :since", since=filters.since)
        found.types.append(bindparam("since", type_=UtcDateTime()))
    if filters.until is not None:
        found.add("r.received_at < :until", until=filters.until)
        found.types.append(bindparam("until", type_=UtcDateTime()))
    if filters.since is not None and filters.until is not None:
        found.marks.append(received_marks(filters.since, filters.until))


def received_marks(since: datetime, until: datetime) -> tuple[str, ...]:
    """Marks of the months, or years, that the range touches, in whatever zone."""
    first, last = since - DAY, until + DAY
    if last < first:
        return (NEVER,)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > MONTHS_MAX:
        return tuple(marked.year_mark(year) for year in range(first.year, last.year + 1))
    steps = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(months)]
    return tuple(marked.month_mark(datetime(year, month + 1, 1)) for year, month in steps)  # noqa: DTZ001 a month


def _codes(found: Criteria, filters: Filters) -> None:
    if filters.state is not None:
        found.add(
            "r.state = :state",
            (marked.tab_mark(TAB_OF[filters.state].value), COPIED),
            state=filters.state.value,
        )
    if filters.classification is not None:
        code = filters.classification.value
        found.add("r.classification = :classification", marked.classification_mark(code), classification=code)
    if filters.source is not None:
        found.add("r.source = :source", marked.source_mark(filters.source.value), source=filters.source.value)
    if filters.category_id is not None:
        found.add(
            "(r.category_id = :category OR EXISTS (SELECT 1 FROM category c"
            " WHERE c.id = r.category_id AND c.parent_id = :category))",
            (marked.category_mark(filters.category_id), marked.main_mark(filters.category_id)),
            category=filters.category_id,
        )
    if filters.area_code is not None:
        found.add(
            "(r.area_code = :area OR substr(r.area_code, 1, :area_length) = :area_below)",
            marked.area_mark(filters.area_code),
            area=filters.area_code,
            area_length=len(filters.area_code) + 1,
            area_below=f"{filters.area_code}.",
        )
