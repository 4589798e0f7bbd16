"""Agencies move, merge and are dissolved (Pindahkan, Gabungkan, Bubarkan): asked for, cancelled, put into effect.

Taking effect is one transaction, while nobody else writes: the tree is what it will be, and what agencies
lose is lost with it (access/agencies/scope_loss.py). What others gain follows batch by batch (services/agencies/reorganisation_batches.py).
At no commit does anybody see a report that the present tree does not let them see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.access.account_lookup import permission_names, with_all
from app.access.actor import Actor, actor_of
from app.access.agencies import scope_loss
from app.access.agencies.reorganisations import (
    Concerned,
    cancellable,
    children,
    clashing_name,
    get_reorganisation,
    unit,
    what_is_concerned,
)
from app.access.tree import ancestors, manageable
from app.access.tree_lock import hold_alone
from app.models import Agency, DayOff, Reorganisation
from app.models.accounts.security import ours
from app.rules.accounts.roles import Resource
from app.rules.agencies import reorganisation as rules
from app.rules.agencies.reorganisation import ReorganisationKind, ReorganisedUnit, Stage
from app.rules.errors import AlreadyDone, Forbidden, Invalid, LaporError, NotFound
from app.rules.labels import Filled
from app.services import idempotency
from app.services.agencies import backlog, merging, past_ancestors
from app.services.agencies.derived_rows import Affected
from app.services.agencies.relocation import put_below
from app.services.inbox import bell
from app.services.system import audit

OBJECT = "reorganisation"  # in the audit log


@dataclass(frozen=True)
class Preview:
    """What it would do: the agency, where it goes, and what that concerns, in numbers."""

    kind: ReorganisationKind
    agency: Agency
    target: Agency
    concerned: Concerned


def preview(
    session: Session,
    actor: Actor,
    kind: ReorganisationKind,
    agency_id: int | None,
    target_id: int | None = None,
) -> Preview:
    """Raises Forbidden, NotFound for absent and foreign agencies alike, and Invalid at `agency` and `target`.

    `target_id`: the new parent, or the agency that takes its place; nothing to a dissolution.
    """
    moved, target = _checked(session, actor, kind, agency_id, target_id)
    return Preview(
        kind,
        session.get_one(Agency, moved.id),
        session.get_one(Agency, target.id),
        what_is_concerned(session, kind, moved.id),
    )


def ask(
    session: Session,
    actor: Actor,
    kind: ReorganisationKind,
    agency_id: int | None,
    target_id: int | None,
    now: datetime,
    *,
    day: date | None = None,
    key: str = "",
) -> Reorganisation | None:
    """Put it into effect at once, or plan it for the start of `day` in the agency's zone.

    None for a second click. Raises what preview() does, and Invalid at `day`.
    """
    # Before the key: a second click that waited for the first one's would keep it waiting for this.
    hold_alone(session)
    if not idempotency.claim(session, actor, key, f"reorganise:{kind.value}", now):
        return None
    moved, target = _checked(session, actor, kind, agency_id, target_id)
    zone = session.get_one(Agency, moved.id).zone
    if rules.is_past(day, zone, now):
        raise Invalid({"day": rules.PAST_DAY})
    asked = Reorganisation(
        kind=kind,
        stage=Stage.PLANNED,
        agency_id=moved.id,
        target_id=target.id,
        user_id=actor.user_id,
        by_agency_id=actor.agency_id,
        asked_at=now,
        effective_at=rules.begins_at(day, zone, now),
    )
    session.add(asked)
    session.flush()
    audit.note(
        session, actor, "reorganisation.asked", OBJECT, asked.id, now, how=kind.value, agency=moved.id,
        target=target.id,
    )  # fmt: skip
    if asked.effective_at <= now:
        _begin(session, asked, moved, target, now)
    return asked


def cancel(session: Session, actor: Actor, key: int | None, now: datetime) -> Reorganisation:
    """Take back what is planned; a second click changes nothing.

    Raises NotFound, Forbidden, and AlreadyDone once it has begun.
    """
    found = _locked(session, get_reorganisation(session, actor, key).id)
    if found.id not in cancellable(session, actor, [found]):
        raise Forbidden
    if found.stage is Stage.CANCELLED:
        return found
    if found.stage is not Stage.PLANNED:
        raise AlreadyDone(rules.TOO_LATE)
    found.stage, found.ended_at = Stage.CANCELLED, now
    audit.note(session, actor, "reorganisation.cancelled", OBJECT, found.id, now)
    return found


def take_effect(session: Session, key: int, now: datetime) -> Reorganisation:
    """Put into effect what was planned and whose time has come; anything else stays as it is.

    What has become impossible meanwhile is cancelled, with the reason in `fault`. Raises Busy.
    """
    hold_alone(session)
    found = _locked(session, key)
    if found.stage is not Stage.PLANNED or found.effective_at > now:
        return found
    moved, target = unit(session, found.agency_id, besides=key), unit(session, found.target_id, receives=True)
    assert moved is not None
    assert target is not None
    refused = _refusal(session, found, moved, target)
    if refused is not None:
        found.stage, found.ended_at, found.fault = Stage.CANCELLED, now, refused
        return found
    _begin(session, found, moved, target, now)
    return found


def _locked(session: Session, key: int) -> Reorganisation:
    query = select(Reorganisation).where(Reorganisation.id == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _refusal(
    session: Session, found: Reorganisation, moved: ReorganisedUnit, target: ReorganisedUnit
) -> str | None:
    """Why it cannot take effect any more, in words to be translated; None if it can."""
    account = with_all(session, found.user_id)
    if account is None or not account.active:
        return rules.NO_LONGER_MAY
    actor = actor_of(account, ours(permission_names(session, account)))
    try:
        _may(session, actor, found.kind, moved, target)
    except Invalid as refused:
        message = next(iter(refused.errors.values()))
        return rules.WITHOUT_VALUES.get(message, message)
    except LaporError:
        return rules.NO_LONGER_MAY
    return None


def _checked(
    session: Session, actor: Actor, kind: ReorganisationKind, agency_id: int | None, target_id: int | None
) -> tuple[ReorganisedUnit, ReorganisedUnit]:
    seen = select(Agency).where(Agency.id == agency_id, manageable(actor, Resource.AGENCIES))
    agency = session.scalar(seen) if agency_id is not None else None
    if not rules.may_reorganise(actor.permissions, actor.roles):
        raise Forbidden
    if agency is None:
        raise NotFound
    moved = unit(session, agency.id)
    target = unit(
        session, agency.parent_id if kind is ReorganisationKind.DISSOLVE else target_id, receives=True
    )
    assert moved is not None
    if target is None:
        raise Invalid({"target": rules.CHOOSE_TARGET} if moved.line else {"agency": rules.CHOOSE_UNIT})
    _may(session, actor, kind, moved, target)
    return moved, target


def _may(
    session: Session, actor: Actor, kind: ReorganisationKind, moved: ReorganisedUnit, target: ReorganisedUnit
) -> None:
    if not rules.may_reorganise(actor.permissions, actor.roles):
        raise Forbidden
    refused = rules.refusals(kind, actor.agency_id, moved, target)
    if refused:
        raise Invalid(refused)
    for unit_ids, parent_id in _placings(session, kind, moved, target):
        name = clashing_name(session, unit_ids, parent_id)
        if name is not None:
            raise Invalid({"target": Filled(rules.NAME_TAKEN, name=name)})


def _placings(
    session: Session, kind: ReorganisationKind, moved: ReorganisedUnit, target: ReorganisedUnit
) -> list[tuple[list[int], int]]:
    """Which agencies go below which, in this order; who is there already is not named."""
    if kind is ReorganisationKind.MOVE:
        return [([moved.id], target.id)]
    assert moved.parent_id is not None
    go = rules.children_go(children(session, moved.id), target)
    found: list[tuple[list[int], int]] = [([go.up], moved.parent_id)] if go.up is not None else []
    comes = [] if moved.parent_id == target.id else [moved.id]
    found.append(([*comes, *go.under], target.id))
    return found


def _begin(
    session: Session, asked: Reorganisation, moved: ReorganisedUnit, target: ReorganisedUnit, now: datetime
) -> None:
    """The tree, and with it what is lost. Nobody else writes until the commit."""
    session.flush()
    asked.former_parent_id = moved.parent_id
    past_ancestors.remember(session, [moved.id], now)
    units = [moved.id] if asked.kind is ReorganisationKind.MOVE else [moved.id, *children(session, moved.id)]
    before = ancestors(session, units)
    for unit_ids, parent_id in _placings(session, asked.kind, moved, target):
        for each in unit_ids:
            put_below(session, each, parent_id, now)
    after = ancestors(session, units)
    lost: dict[tuple[int, ...], list[int]] = {}
    for each in units:
        lost.setdefault(tuple(key for key in before[each] if key not in after[each]), []).append(each)
    for losers, tops in lost.items():
        # Where a merged agency gave reports on, the target takes its place, whether they have ended or not.
        scope_loss.leave_ended(session, [key for key in losers if key != moved.id], tops, now)
        scope_loss.lose(session, losers, tops)
    asked.units = sorted(units)
    asked.stage, asked.began_at = Stage.RUNNING, now
    asked.reports = scope_loss.number_concerned(session, asked.units)
    if asked.kind is not ReorganisationKind.MOVE:
        actor = asker(asked)
        merging.adopt(session, actor, moved.id, target.id, now)
        bell.handed_over(session, actor, moved.id, target.id, now)
    _recompute_deadlines(session, before, after, now)
    session.flush()


def asker(found: Reorganisation) -> Actor:
    """Who asked for it, as the one who acts in what follows; they may be elsewhere by now."""
    return Actor(user_id=found.user_id, agency_id=found.by_agency_id)


def _recompute_deadlines(
    session: Session, before: Mapping[int, Sequence[int]], after: Mapping[int, Sequence[int]], now: datetime
) -> None:
    """Another line may have other days off: running clocks of what moved are computed by those."""
    for unit_id, line in before.items():
        changed = set(line) ^ set(after[unit_id])
        if session.scalar(select(exists().where(DayOff.agency_id.in_(changed)))):
            backlog.recompute(session, Affected(below=unit_id), now)
