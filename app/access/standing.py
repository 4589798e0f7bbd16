"""What an actor is *to a report*: holder, delegator, in the chain, its reporter, or only a reader.

Standing comes from the live dispositions, never from scope rows and never from a role's name. An
agency without an active officer is acted for by the nearest ancestor that has one ("a.n.").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.card_report import AnyReport
from app.access.rows import read_columns
from app.access.tree import acting_for, filer
from app.models import Disposition, Report
from app.rules.accounts.roles import Resource, Verb
from app.rules.reports.workflow import Clock, Situation, State, Who


class ChainLink(NamedTuple):
    """One live disposition: an agency, its height in the stack (0: the root), and who acts for it.

    acted_by: the agency itself, or the nearest ancestor with an active officer; None without any.
    """

    position: int
    agency_id: int
    acted_by: int | None


Chain = tuple[ChainLink, ...]


@dataclass(frozen=True)
class Standing:
    """whos: what the actor is. at: for HOLDER, DELEGATOR and CHAIN, the link that it stands at."""

    whos: frozenset[Who] = frozenset()
    at: Mapping[Who, ChainLink] = field(default_factory=dict)

    def on_behalf_of(self, actor: Actor, who: Who) -> int | None:
        """The agency that the actor acts for in this standing, if not its own."""
        link = self.at.get(who)
        return None if link is None or link.agency_id == actor.agency_id else link.agency_id


@lru_cache(maxsize=1)
def _chains() -> Select[int, int, int, int]:
    """Built once: composing it costs more than its answer. Who acts is looked up once for each agency,
    and for each officer who filed one of the reports: the chains of a page go through the same few."""
    links = (
        select(
            Disposition.report_id,
            Disposition.position,
            Disposition.agency_id,
            filer(Report.reporter_id).label("filer"),
        )
        .join(Report, Report.id == Disposition.report_id)
        .where(
            Disposition.report_id.in_(bindparam("report_ids", expanding=True)), Disposition.ended_at.is_(None)
        )
        .cte("links")
    )
    agency_id, besides = links.c.agency_id, links.c.filer
    acting = (
        select(agency_id, besides, acting_for(agency_id, besides).label("acted_by"))
        .group_by(agency_id, besides)
        .subquery()
    )
    return (
        select(links.c.report_id, links.c.position, agency_id, acting.c.acted_by)
        .join(acting, (acting.c.agency_id == agency_id) & (acting.c.filer == besides))
        .order_by(links.c.report_id, links.c.position)
    )


def chains(session: Session, report_ids: Collection[int]) -> Mapping[int, Chain]:
    """The live chains of reports, bottom to top, in one query."""
    found: dict[int, list[ChainLink]] = {report_id: [] for report_id in report_ids}
    for report_id, position, agency_id, acted_by in read_columns(
        session, _chains(), {"report_ids": list(report_ids)}
    ):
        found[report_id].append(ChainLink(position, agency_id, acted_by))
    return {report_id: tuple(links) for report_id, links in found.items()}


def situation(report: AnyReport, chain: Chain, *, follow_up_owed: bool | None = None) -> Situation:
    """What the rules look at. `follow_up_owed` also counts a clock that a hold keeps standing still."""
    return Situation(
        state=State(report.state),
        held=report.held,
        at_root=len(chain) == 1,
        follow_up_owed=(report.clock_kind == Clock.FOLLOW_UP) if follow_up_owed is None else follow_up_owed,
        reply_unanswered=report.reply_unanswered,
    )


def is_own(actor: Actor, report: AnyReport) -> bool:
    """Whether `actor` filed `report` as a citizen: an officer wears that hat alone towards it."""
    return actor.reporter_id is not None and actor.reporter_id == report.reporter_id


def deed_of(actor: Actor, report: Report) -> int | None:
    """The agency that what `actor` does to `report` is written down for; None for its reporter.

    An officer's name and agency beside their own report would tell every reader who sent it.
    """
    return None if is_own(actor, report) else actor.agency_id


def standing(actor: Actor, report: AnyReport, chain: Chain) -> Standing:
    """What `actor` is to `report` (visible to it), whose live chain is `chain`."""
    if actor.is_system:
        return Standing(frozenset({Who.SYSTEM}))
    if is_own(actor, report):
        # One hat: an officer has no officer's rights on a report that they filed as a citizen.
        return Standing(frozenset({Who.REPORTER, Who.READER}))
    if actor.link_hash is not None and actor.link_hash == report.link_hash:
        return Standing(frozenset({Who.REPORTER}))
    if not actor.is_officer:
        return Standing(frozenset({Who.READER}) if actor.may(Resource.OWN_REPORTS, Verb.ACT) else frozenset())
    mine = [link for link in chain if actor.agency_id in (link.agency_id, link.acted_by)]
    at: dict[Who, ChainLink] = {}
    whos = {Who.READER}
    top = chain[-1]
    if top in mine:
        at[Who.HOLDER] = top
        if len(chain) == 1:
            at[Who.DELEGATOR] = top
    if len(chain) > 1 and chain[-2] in mine:
        at[Who.DELEGATOR] = chain[-2]
    above = [link for link in mine if link is not top]
    if above:
        own = [link for link in above if link.agency_id == actor.agency_id]
        at[Who.CHAIN] = (own or above)[-1]
    if actor.at_root and actor.may(Resource.VERIFICATION, Verb.ACT):
        whos.add(Who.ROOT)
        at[Who.ROOT] = chain[0]
    if report.recorder_agency_id is not None and report.recorder_agency_id == actor.agency_id:
        whos.add(Who.RECORDER)
    return Standing(frozenset(whos | at.keys()), at)
