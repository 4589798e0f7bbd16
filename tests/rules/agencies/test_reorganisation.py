"""Who may reorganise what, and where everything goes: no database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.rules.accounts.roles import ROLE_MATRIX, Role
from app.rules.agencies import reorganisation as rules
from app.rules.agencies.reorganisation import (
    ReorganisationKind,
    ReorganisedUnit,
    begins_at,
    children_go,
    is_past,
    may_reorganise,
    refusals,
)
from app.rules.zones import Zone

ROOT, A, A1, A11, A2, B = 1, 2, 3, 4, 5, 6
TREE = {
    ROOT: ReorganisedUnit(ROOT, (), 3),
    A: ReorganisedUnit(A, (ROOT,), 2),
    A1: ReorganisedUnit(A1, (A, ROOT), 1, officers=2),
    A11: ReorganisedUnit(A11, (A1, A, ROOT)),
    A2: ReorganisedUnit(A2, (A, ROOT)),
    B: ReorganisedUnit(B, (ROOT,)),
}


def refused(
    kind: ReorganisationKind, by: int, unit: int | ReorganisedUnit, target: int | ReorganisedUnit
) -> object:
    """The one reason, or None."""
    moved = TREE[unit] if isinstance(unit, int) else unit
    goes_to = TREE[target] if isinstance(target, int) else target
    return next(iter(refusals(kind, by, moved, goes_to).values()), None)


@pytest.mark.parametrize(
    ("kind", "by", "unit", "target", "reason"),
    [
        (ReorganisationKind.MOVE, ROOT, A1, B, None),
        (ReorganisationKind.MOVE, A, A1, A2, None),
        (ReorganisationKind.MOVE, A, A11, A, None),
        (ReorganisationKind.MOVE, A, A1, B, rules.CHOOSE_TARGET),
        (ReorganisationKind.MOVE, A, B, A1, rules.CHOOSE_UNIT),
        (ReorganisationKind.MOVE, A, A, A1, rules.CHOOSE_UNIT),
        (ReorganisationKind.MOVE, ROOT, ROOT, A, rules.CHOOSE_UNIT),
        (ReorganisationKind.MOVE, A, A1, A, rules.SAME_PARENT),
        (ReorganisationKind.MOVE, A, A1, A11, rules.CYCLE),
        (ReorganisationKind.MOVE, A, A1, A1, rules.ITSELF),
        (ReorganisationKind.MERGE, A, A1, A11, None),
        (ReorganisationKind.MERGE, A, A1, A, None),
        (ReorganisationKind.DISSOLVE, ROOT, A, ROOT, None),
        (ReorganisationKind.MERGE, ROOT, A1, ROOT, rules.OFFICERS_LEFT),
        (ReorganisationKind.MOVE, ROOT, A1, ReorganisedUnit(9, (ROOT,), active=False), rules.INACTIVE),
        (ReorganisationKind.MOVE, ROOT, A1, ReorganisedUnit(9, (ROOT,), busy=True), rules.TARGET_BUSY),
        (ReorganisationKind.MOVE, ROOT, ReorganisedUnit(9, (A, ROOT), busy=True), B, rules.BUSY),
        (ReorganisationKind.MERGE, ROOT, ReorganisedUnit(9, (A, ROOT), active=False), B, rules.UNIT_INACTIVE),
        (ReorganisationKind.MOVE, ROOT, ReorganisedUnit(9, (A, ROOT), active=False), B, None),
    ],
)
def test_who_may_do_what(
    kind: ReorganisationKind,
    by: int,
    unit: int | ReorganisedUnit,
    target: int | ReorganisedUnit,
    reason: object,
) -> None:
    assert refused(kind, by, unit, target) == reason


def test_no_line_grows_longer_than_eight_levels() -> None:
    deep = ReorganisedUnit(20, (*tuple(range(19, 13, -1)), ROOT))  # seven levels below the root
    assert refused(ReorganisationKind.MOVE, ROOT, A2, deep) is None
    assert refused(ReorganisationKind.MOVE, ROOT, A1, deep) == rules.TOO_DEEP
    # A merged agency's units stand where it stood: one level less.
    assert refused(ReorganisationKind.MERGE, ROOT, A1, deep) is None
    assert refused(ReorganisationKind.MERGE, ROOT, A, deep) == rules.TOO_DEEP


def test_the_branch_with_the_target_comes_up_and_the_others_go_below_it() -> None:
    assert children_go([A1, A2], TREE[A11]) == rules.ChildrenGo(A1, (A2,))
    assert children_go([A1, A2], TREE[A1]) == rules.ChildrenGo(A1, (A2,))
    assert children_go([A1, A2], TREE[B]) == rules.ChildrenGo(None, (A1, A2))


def test_coordinators_and_central_admins_reorganise() -> None:
    may = {role for role in Role if may_reorganise(ROLE_MATRIX[role], frozenset({role.value}))}
    assert may == {Role.COORDINATOR, Role.CENTRAL}


def test_a_day_begins_in_the_agencys_zone() -> None:
    now = datetime(2026, 6, 8, 16, 30, tzinfo=UTC)  # in WIT it is the 9th already
    assert begins_at(None, Zone.WIT, now) == begins_at(date(2026, 6, 9), Zone.WIT, now) == now
    assert begins_at(date(2026, 6, 10), Zone.WIT, now) == datetime(2026, 6, 9, 15, tzinfo=UTC)
    assert is_past(date(2026, 6, 8), Zone.WIT, now)
    assert not is_past(date(2026, 6, 8), Zone.WIB, now)
