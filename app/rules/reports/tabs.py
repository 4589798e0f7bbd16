"""The tabs of LAPORAN: which one a report lies in, for whom, and in which order.

A tab is a range of the table report_scope (app/access/scope.py). Source: the manual, 6.3 to 6.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from app.rules.labels import N_, Labelled
from app.rules.reports.workflow import State


class Tab(Labelled):
    UNVERIFIED = "unverified", N_("Belum Terverifikasi")
    DELAYED = "delayed", N_("Ditunda")
    WAITING = "waiting", N_("Belum Ditindaklanjuti")
    PROGRESS = "progress", N_("Sedang Diproses")
    REQUESTS = "requests", N_("Permintaan")
    COPIES = "copies", N_("Salinan")
    CLOSED = "closed", N_("Ditutup")
    ARCHIVED = "archived", N_("Diarsipkan")


class Reach(IntEnum):
    """OWN: held by, asked of or copied to the agency itself; BELOW: its descendants', or delegated by it."""

    OWN = 0
    BELOW = 1


class Basis(IntEnum):
    """FULL sees everything of a report; COPY sees its substance without the reporter's identity."""

    FULL = 0
    COPY = 1


class Order(Labelled):
    DEADLINE = "deadline", N_("Tenggat terdekat")
    NEWEST = "newest", N_("Terbaru")


TAB_OF: Mapping[State, Tab] = {
    State.UNVERIFIED: Tab.UNVERIFIED,
    State.INCOMPLETE: Tab.DELAYED,
    State.WAITING: Tab.WAITING,
    State.IN_PROGRESS: Tab.PROGRESS,
    State.CLOSED: Tab.CLOSED,
    State.ARCHIVED: Tab.ARCHIVED,
}
# Open tabs are worked off by deadline, the others read from the newest.
DEADLINE_TABS = frozenset({Tab.UNVERIFIED, Tab.DELAYED, Tab.WAITING, Tab.PROGRESS, Tab.REQUESTS})
ROOT_TABS = frozenset({Tab.UNVERIFIED, Tab.DELAYED})

REACH_LABELS: Mapping[Reach, str] = {
    Reach.OWN: N_("Instansi saya"),
    Reach.BELOW: N_("Termasuk instansi di bawahnya"),
}

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NO_DEADLINE = 2**63 - 1


def microseconds(at: datetime) -> int:
    """Whole microseconds since 1970 UTC: the unit of sort keys."""
    return (at - EPOCH) // timedelta(microseconds=1)


def sort_key(tab: Tab, received_at: datetime, due_at: datetime | None) -> int:
    """Where a report stands in `tab`: rows are read in ascending order.

    The deadline in open tabs (none: last of all); minus the time of receipt in the others, so that
    the newest comes first.
    """
    if tab in DEADLINE_TABS:
        return NO_DEADLINE if due_at is None else microseconds(due_at)
    return -microseconds(received_at)
