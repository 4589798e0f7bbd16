"""What stands beside reports in an export, read for many of them in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.models import Agency, Area, Event, EventText, FollowUp
from app.rules.reports.codes import EventKind

AREA_PARTS = 4  # province, regency or city, district, village


@dataclass(frozen=True)
class AgencyAnswer:
    """A follow-up. behalf: "a.n.", or ""; secret: for the reporter and officers alone."""

    at: datetime
    agency: str
    behalf: str
    text: str
    secret: bool


def answers(session: Session, actor: Actor, report_ids: Collection[int]) -> Mapping[int, list[AgencyAnswer]]:
    """The follow-ups of reports that `actor` was found to see, oldest first; secret ones for officers alone."""
    behalf = aliased(Agency)
    query = (
        select(FollowUp.report_id, FollowUp.at, Agency.name, behalf.name, FollowUp.text, FollowUp.is_secret)
        .join(Agency, Agency.id == FollowUp.agency_id)
        .outerjoin(behalf, behalf.id == FollowUp.on_behalf_of_id)
        .where(FollowUp.report_id.in_(report_ids))
        .order_by(FollowUp.report_id, FollowUp.seq)
    )
    if actor.agency_id is None:
        query = query.where(FollowUp.is_secret.is_(False))
    found: dict[int, list[AgencyAnswer]] = defaultdict(list)
    for key, at, agency, on_behalf, text, secret in session.execute(query):
        found[key].append(AgencyAnswer(at, agency, on_behalf or "", text, bool(secret)))
    return found


def import_notes(session: Session, report_ids: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """What an imported file said that has no place of its own: "import" and "channel", by report."""
    query = select(EventText.report_id, EventText.name, EventText.text).where(
        EventText.report_id.in_(report_ids), EventText.name.in_(("import", "channel"))
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for key, name, text in session.execute(query):
        found[key][name] = text
    return found


def delay_reasons(session: Session, report_ids: Collection[int]) -> Mapping[int, str]:
    """What was asked of the reporter last, by report."""
    query = (
        select(Event.report_id, EventText.text)
        .join(EventText, (EventText.report_id == Event.report_id) & (EventText.seq == Event.seq))
        .where(
            Event.report_id.in_(report_ids),
            Event.kind == EventKind.DETAILS_ASKED,
            EventText.name == "note",
        )
        .order_by(Event.report_id, Event.seq)
    )
    return {key: text for key, text in session.execute(query)}


def area_names(session: Session, codes: Collection[str]) -> Mapping[str, str]:
    """The names of areas and of all that they lie in, by code."""
    parts = {".".join(code.split(".")[: n + 1]) for code in codes for n in range(AREA_PARTS)}
    return {
        code: name for code, name in session.execute(select(Area.code, Area.name).where(Area.code.in_(parts)))
    }


def parents(session: Session, agency_ids: Collection[int]) -> Mapping[int, str]:
    """The name of the agency above each, by key; the root has none."""
    above = aliased(Agency)
    query = select(Agency.id, above.name).join(above, above.id == Agency.parent_id)
    return {key: name for key, name in session.execute(query.where(Agency.id.in_(agency_ids)))}
