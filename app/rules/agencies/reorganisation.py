"""Agencies move, merge and are dissolved: who may do what, and where everything goes. No database here.

A reorganisation is asked for by a coordinator within their own subtree, or by central admins, whose
subtree is everything; it takes effect at once or on a day, and a job brings the reports along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.rules.accounts.roles import Permission, Resource, Role, Verb, grantable
from app.rules.labels import N_, Filled
from app.rules.reports.codes import Upkeep
from app.rules.zones import Zone

MAX_DEPTH = 8  # levels below the root; the largest ministry needs six


class ReorganisationKind(StrEnum):
    MOVE = "move"  # below another parent, with all that lies below it
    MERGE = "merge"  # into another agency, which takes its place everywhere
    DISSOLVE = "dissolve"  # the same, into its parent


class Stage(StrEnum):
    PLANNED = "planned"  # for a day that has not come
    RUNNING = "running"  # the tree is right, reports follow batch by batch
    DONE = "done"
    CANCELLED = "cancelled"  # by somebody, or because it could not take effect any more


OPEN_STAGES = (Stage.PLANNED, Stage.RUNNING)

KIND_WORDS: Mapping[ReorganisationKind, str] = {
    ReorganisationKind.MOVE: N_("Pindahkan Instansi"),
    ReorganisationKind.MERGE: N_("Gabungkan Instansi"),
    ReorganisationKind.DISSOLVE: N_("Bubarkan Instansi"),
}
STAGE_WORDS: Mapping[Stage, str] = {
    Stage.PLANNED: N_("Direncanakan"),
    Stage.RUNNING: N_("Sedang berjalan"),
    Stage.DONE: N_("Selesai"),
    Stage.CANCELLED: N_("Dibatalkan"),
}
# How a stay with an agency ended by each: the code of Disposition.end_action, and the event's reason.
ENDS_BY: Mapping[ReorganisationKind, Upkeep] = {
    ReorganisationKind.MOVE: Upkeep.MOVED,
    ReorganisationKind.MERGE: Upkeep.MERGED,
    ReorganisationKind.DISSOLVE: Upkeep.DISSOLVED,
}

CHOOSE_UNIT = N_("Pilih instansi di bawah instansi Anda.")
CHOOSE_TARGET = N_("Pilih instansi tujuan dalam lingkup Anda.")
INACTIVE = N_("Instansi tujuan tidak aktif. Pilih instansi lain.")
UNIT_INACTIVE = N_("Instansi ini sudah tidak aktif.")
ITSELF = N_("Instansi tidak dapat dipindahkan ke dirinya sendiri.")
CYCLE = N_("Instansi tujuan berada di bawah instansi yang dipindahkan.")
SAME_PARENT = N_("Instansi ini sudah berada di bawah induk itu.")
BUSY = N_("Penataan instansi ini masih direncanakan atau sedang berjalan.")
TARGET_BUSY = N_("Instansi tujuan sendiri akan atau sedang ditata ulang. Pilih instansi lain atau tunggu.")
TOO_DEEP = N_("Susunan instansi paling banyak %(limit)s tingkat.")
NAME_TAKEN = N_("Di bawah instansi tujuan sudah ada instansi bernama %(name)s. Ubah namanya dahulu.")
OFFICERS_LEFT = N_(
    "Admin instansi ini akan menjadi admin instansi pusat. Nonaktifkan atau pindahkan dahulu %(admins)s admin aktif."
)
PAST_DAY = N_("Pilih hari ini atau sesudahnya.")
TOO_LATE = N_("Penataan ini sudah berjalan, jadi tidak dapat dibatalkan lagi.")
NO_LONGER_MAY = N_("Yang mengajukan tidak berwenang lagi.")

# Why what was planned could not take effect, kept to be read in any language: a name or number is none.
WITHOUT_VALUES: Mapping[str, str] = {
    TOO_DEEP: N_("Susunan instansi akan terlalu dalam."),
    NAME_TAKEN: N_("Di bawah instansi tujuan sudah ada instansi dengan nama yang sama."),
    OFFICERS_LEFT: N_("Admin aktif instansi ini akan menjadi admin instansi pusat."),
}


@dataclass(frozen=True)
class ReorganisedUnit:
    """An agency in the tree. line: the agencies above it, nearest first. height: levels below it.

    busy: an open reorganisation moves it, merges it or dissolves it. officers: its own active accounts.
    """

    id: int
    line: tuple[int, ...] = ()
    height: int = 0
    active: bool = True
    busy: bool = False
    officers: int = 0

    @property
    def parent_id(self) -> int | None:
        return self.line[0] if self.line else None

    @property
    def depth(self) -> int:
        """Levels below the root."""
        return len(self.line)


def may_reorganise(permissions: Collection[Permission], roles: frozenset[str]) -> bool:
    """Whether an account of these roles reorganises agencies: it changes them, and makes coordinators."""
    return (Resource.AGENCIES, Verb.WRITE) in permissions and Role.COORDINATOR in grantable(roles)


def within(agency_id: int | None, unit: ReorganisedUnit, *, strictly: bool) -> bool:
    """Whether `unit` is the agency (unless strictly) or lies below it."""
    return agency_id is not None and (agency_id in unit.line or (not strictly and agency_id == unit.id))


def refusals(
    kind: ReorganisationKind, agency_id: int | None, unit: ReorganisedUnit, target: ReorganisedUnit
) -> dict[str, str]:
    """Why somebody of agency `agency_id` may not do this to `unit`, by field; empty: they may.

    The unit lies strictly below their agency, so that it is neither their own nor the root; the target
    is their own or below it. For central admins that is the whole tree.
    """
    if not within(agency_id, unit, strictly=True):
        return {"agency": CHOOSE_UNIT}
    if unit.busy:
        return {"agency": BUSY}
    if kind is not ReorganisationKind.MOVE and not unit.active:
        return {"agency": UNIT_INACTIVE}
    if not within(agency_id, target, strictly=False):
        return {"target": CHOOSE_TARGET}
    if not target.active:
        return {"target": INACTIVE}
    if target.id == unit.id:
        return {"target": ITSELF}
    if target.busy:
        return {"target": TARGET_BUSY}
    return _of_a_move(unit, target) if kind is ReorganisationKind.MOVE else _of_a_merge(unit, target)


def _of_a_move(unit: ReorganisedUnit, target: ReorganisedUnit) -> dict[str, str]:
    if unit.id in target.line:
        return {"target": CYCLE}
    if unit.parent_id == target.id:
        return {"target": SAME_PARENT}
    if target.depth + 1 + unit.height > MAX_DEPTH:
        return {"target": Filled(TOO_DEEP, limit=MAX_DEPTH)}
    return {}


def _of_a_merge(unit: ReorganisedUnit, target: ReorganisedUnit) -> dict[str, str]:
    if not target.line and unit.officers:
        # Officers of the root are the central desk: nobody becomes one by a reorganisation.
        return {"target": Filled(OFFICERS_LEFT, admins=unit.officers)}
    # A target below the unit comes up one level, to the unit's own parent.
    depth = target.depth - 1 if unit.id in target.line else target.depth
    if depth + unit.height > MAX_DEPTH:
        return {"target": Filled(TOO_DEEP, limit=MAX_DEPTH)}
    return {}


@dataclass(frozen=True)
class ChildrenGo:
    """Where the units right below a merged agency go. up: the one that holds the target, or is it, which
    goes to the merged agency's parent; under: the others, which go below the target."""

    up: int | None
    under: tuple[int, ...]


def children_go(children: Iterable[int], target: ReorganisedUnit) -> ChildrenGo:
    """`children`: keys of the units right below the agency that is merged into `target`."""
    here = {target.id, *target.line}
    up = [child for child in children if child in here]
    return ChildrenGo(up[0] if up else None, tuple(child for child in children if child not in here))


def begins_at(day: date | None, zone: Zone, now: datetime) -> datetime:
    """When it takes effect: the start of the day in the agency's zone; `now` for today or no day."""
    if day is None:
        return now
    return max(datetime.combine(day, time(), ZoneInfo(zone.value)), now)


def is_past(day: date | None, zone: Zone, now: datetime) -> bool:
    return day is not None and day < now.astimezone(ZoneInfo(zone.value)).date()
