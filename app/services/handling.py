"""What officers do to a report: each function locks, checks the version, and makes one move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import get_report, rewrite
from app.models import Agency, Area, Category, Copy, Event, FollowUp, Report
from app.rules import text
from app.rules.errors import Invalid, Stale
from app.rules.labels import Classification, N_, Visibility
from app.rules.workflow import Action, Carry
from app.services import once
from app.services.history import changes_since
from app.services.transition import AGENCY_INACTIVE, Applied, Carried, apply

UNKNOWN_CATEGORY = N_("Kategori ini tidak tersedia. Pilih kategori lain.")
UNKNOWN_AREA = N_("Wilayah ini tidak dikenal. Pilih wilayah lain.")


class StaleForm(Stale):
    """A Stale that carries the events since the form was opened, to be shown with it."""

    def __init__(self, events: list[Event]) -> None:
        super().__init__()
        self.events = events


@dataclass(frozen=True)
class Form:
    """What every changing form carries: the report, the version it showed, and its own random key."""

    report_id: int | None
    version: int
    key: str = ""


def begin(session: Session, actor: Actor, form: Form, action: Action, now: datetime) -> tuple[Report, bool]:
    """Lock the form's report and see whether the form still holds: (report, False if sent before).

    Raises NotFound, or StaleForm with what has changed since the form was opened.
    """
    report = get_report(session, actor, form.report_id, lock=True)
    if not once.claim(session, actor, form.key, f"{action.value}:{report.id}", now):
        return report, False
    events = changes_since(session, report, form.version)
    if events:
        raise StaleForm(events)
    return report, True


@dataclass(frozen=True)
class Verification:
    """What the central desk decides about a new report."""

    title: str
    text: str
    category_id: int | None
    classification: Classification | None
    agency_id: int | None
    area_code: str | None = None
    copy_ids: tuple[int, ...] = ()


def verify(
    session: Session, actor: Actor, form: Form, decision: Verification, now: datetime
) -> Applied | None:
    """Verifikasi & Disposisi (manual 3.2): edit, classify, and dispatch to the agency in charge.

    The reporter's own words stay untouched beside the edited ones. None for a second click.
    """
    report, fresh = begin(session, actor, form, Action.VERIFY, now)
    if not fresh:
        return None
    errors: dict[str, str] = {}
    title = _cleaned(errors, decision.title, "title", limit=text.TITLE_MAX, lines=False)
    body = _cleaned(errors, decision.text, "text", limit=text.REPORT_TEXT_MAX)
    category = session.get(Category, decision.category_id) if decision.category_id else None
    if decision.category_id and (category is None or category.retired_at is not None):
        errors["category"] = UNKNOWN_CATEGORY
    if decision.area_code and session.get(Area, decision.area_code) is None:
        errors["area"] = UNKNOWN_AREA
    if errors:
        raise Invalid(errors, limit=text.REPORT_TEXT_MAX)
    before = {"title_before": report.title, "text_before": report.text}
    changed = {name: old for name, old in before.items() if old != (title if "title" in name else body)}
    report.title, report.text = title, body
    report.category_id = decision.category_id
    report.classification = decision.classification
    report.area_code = decision.area_code
    applied = apply(
        session,
        actor,
        report,
        Action.VERIFY,
        now,
        Carried(
            values={
                Carry.TITLE: title,
                Carry.AGENCY: decision.agency_id,
                Carry.CATEGORY: decision.category_id,
                Carry.CLASSIFICATION: decision.classification,
            },
            agency_id=decision.agency_id,
            data={"agency": decision.agency_id, "category": decision.category_id},
            texts=changed,
        ),
    )
    send_copies(session, actor, report, decision.copy_ids, now)
    return applied


def send_copies(
    session: Session, actor: Actor, report: Report, agency_ids: Iterable[int], now: datetime
) -> None:
    """Salinan: let other agencies read along. The holder needs none; a second copy is the first one."""
    wanted = set(agency_ids) - {report.holder_id}
    if not wanted:
        return
    present = set(session.scalars(select(Copy.agency_id).where(Copy.report_id == report.id)))
    active = set(session.scalars(select(Agency.id).where(Agency.id.in_(wanted), Agency.active.is_(True))))
    if wanted - active:
        raise Invalid({"copies": AGENCY_INACTIVE})
    for agency_id in wanted - present:
        session.add(Copy(report_id=report.id, agency_id=agency_id, from_agency_id=actor.agency_id, at=now))
    rewrite(session, report)


def follow_up(
    session: Session, actor: Actor, form: Form, body: str, now: datetime, *, secret: bool = False
) -> FollowUp | None:
    """Tindak Lanjut (manual 6.3): the holder answers the reporter. None for a second click.

    A secret one is read by the reporter and officers, not by the public.
    """
    report, fresh = begin(session, actor, form, Action.FOLLOW_UP, now)
    if not fresh:
        return None
    cleaned = text.clean(body, "text", limit=text.REPORT_TEXT_MAX)
    number = (session.scalar(select(func.max(FollowUp.seq)).where(FollowUp.report_id == report.id)) or 0) + 1
    applied = apply(
        session,
        actor,
        report,
        Action.FOLLOW_UP,
        now,
        Carried(
            values={Carry.TEXT: cleaned},
            data={"follow_up": number},
            visibility=Visibility.REPORTER if secret else Visibility.PUBLIC,
        ),
    )
    assert actor.user_id is not None and actor.agency_id is not None, "only officers hold reports"
    answer = FollowUp(
        report_id=report.id,
        seq=number,
        agency_id=actor.agency_id,
        on_behalf_of_id=applied.on_behalf_of,
        user_id=actor.user_id,
        text=cleaned,
        is_secret=secret,
        at=now,
    )
    session.add(answer)
    session.flush()
    return answer


def _cleaned(errors: dict[str, str], value: str, field: str, *, limit: int, lines: bool = True) -> str:
    try:
        return text.clean(value, field, limit=limit, lines=lines)
    except Invalid as refused:
        errors.update(refused.errors)
        return ""
