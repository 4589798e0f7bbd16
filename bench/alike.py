"""The first page of two worklists with the same rows' contents, so that only the way to them differs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from app.access.scope import PAGE_SIZE, worklist
from app.models import Report
from app.rules.reports.tabs import Tab
from bench.inside import Inside

# What a card shows of a report and does not decide where it lies.
SHOWN = ("title", "text", "category_id", "area_code", "is_anonymous", "is_secret", "ended_by", "source")


def make_alike(first: Inside, user: int, second: Inside, other: int, tab: Tab) -> None:
    """Give the first page of `other`'s tab in `second` the contents of `user`'s in `first`."""

    def lines(inside: Inside, officer: int) -> list[int]:
        found = inside.call(worklist, inside.actor(officer), tab, limit=PAGE_SIZE)
        return [line.report_id for line in found]

    columns = [getattr(Report, name) for name in SHOWN]

    def read(session: Any) -> list[Any]:
        rows = {
            row[0]: row[1:] for row in session.execute(select(Report.id, *columns).where(Report.id.in_(ids)))
        }
        return [rows[key] for key in ids]

    ids = lines(first, user)
    contents = first.call(read)
    targets = lines(second, other)

    def write(session: Any) -> None:
        for key, row in zip(targets, contents, strict=True):
            session.execute(update(Report).where(Report.id == key).values(dict(zip(SHOWN, row, strict=True))))
        session.commit()

    second.call(write)
