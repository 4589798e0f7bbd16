"""Agencies are entered and changed here, with their closure in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.agencies.management import Attached, attached, manageable_agencies
from app.access.agencies.reorganisations import is_busy
from app.access.tree import is_below
from app.models import Agency, AgencyTree
from app.rules import text
from app.rules.accounts import contact
from app.rules.accounts.roles import Resource, Verb
from app.rules.agencies.reorganisation import BUSY, MAX_DEPTH, TOO_DEEP
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_, Filled
from app.rules.zones import Zone
from app.services.agencies import backlog, succession
from app.services.agencies.derived_rows import Affected
from app.services.inbox import bell
from app.services.system import audit

NAME_TAKEN = N_("Sudah ada instansi dengan nama ini di bawah induk yang sama.")
CHOOSE_PARENT = N_("Pilih instansi Anda atau instansi di bawahnya.")
PARENT_INACTIVE = N_("Instansi induknya tidak aktif. Aktifkan induknya dahulu, atau pilih induk lain.")
OWN_AGENCY = N_("Instansi Anda sendiri hanya dapat dinonaktifkan oleh instansi di atasnya.")
CHOOSE_SUCCESSOR = N_(
    "Pilih instansi aktif dalam lingkup Anda, bukan instansi ini sendiri atau yang di bawahnya."
)
STILL_ATTACHED = N_(
    "Instansi ini belum dapat dinonaktifkan: masih ada %(reports)s laporan terbuka, %(admins)s admin aktif, "
    "dan %(children)s instansi aktif di bawahnya. Selesaikan atau serahkan laporannya, lalu nonaktifkan "
    "admin dan instansi bawahannya."
)
KIND = "agency"  # in the audit log


@dataclass(frozen=True)
class AgencyProfile:
    """What an office says of itself. `zone`: None keeps the present one, on entry the parent's."""

    name: str
    alias: str = ""
    email: str = ""
    website: str = ""
    phone: str = ""
    address: str = ""
    zone: Zone | None = None


def create(
    session: Session,
    name: str,
    parent_id: int | None,
    now: datetime,
    *,
    alias: str = "",
    zone: Zone | None = None,
    **profile: str,
) -> Agency:
    """Enter an agency below `parent_id` (None: the root), with the parent's zone unless one is given.

    `profile`: email, website, phone, address. Raises Invalid for a missing or taken name, or a tree
    that would grow deeper than MAX_DEPTH levels.
    """
    clean_name = text.clean(name, "name", limit=text.SHORT_MAX, lines=False)
    if name_taken(session, clean_name, parent_id):
        raise Invalid({"name": NAME_TAKEN})
    parent = session.get(Agency, parent_id) if parent_id is not None else None
    agency = Agency(
        name=clean_name,
        parent_id=parent_id,
        alias=text.clean(alias, "alias", limit=text.SHORT_MAX, required=False, lines=False),
        zone=zone or (parent.zone if parent else Zone.WIB),
        active=True,
        created_at=now,
        **{
            field: text.clean(value, field, limit=text.SHORT_MAX, required=False, lines=False)
            for field, value in profile.items()
        },
    )
    session.add(agency)
    session.flush()
    session.add(AgencyTree(ancestor_id=agency.id, unit_id=agency.id, depth=0, since=now))
    session.flush()
    if parent_id is not None:
        since = literal(now, AgencyTree.since.type)
        above = select(AgencyTree.ancestor_id, literal(agency.id), AgencyTree.depth + 1, since).where(
            AgencyTree.unit_id == parent_id
        )
        columns = ["ancestor_id", "unit_id", "depth", "since"]
        session.execute(insert(AgencyTree).from_select(columns, above))
        deepest = session.scalars(
            select(AgencyTree.depth).where(AgencyTree.unit_id == agency.id).order_by(AgencyTree.depth.desc())
        ).first()
        if deepest is not None and deepest > MAX_DEPTH:
            raise Invalid({"parent": Filled(TOO_DEEP, limit=MAX_DEPTH)})
    return agency


def name_taken(session: Session, name: str, parent_id: int | None, *, besides: int | None = None) -> bool:
    """Whether another agency under the same parent has this name."""
    query = select(Agency.id).where(Agency.name == name, Agency.parent_id.is_not_distinct_from(parent_id))
    if besides is not None:
        query = query.where(Agency.id != besides)
    return session.scalar(query) is not None


def find_or_create(session: Session, name: str, parent_id: int, now: datetime) -> Agency:
    """The agency of that name below `parent_id`, made if it is not there."""
    found = session.scalar(select(Agency).where(Agency.name == name, Agency.parent_id == parent_id))
    return found or create(session, name, parent_id, now)


# What managers do in Manajemen Instansi (manual 6.11).


def managed(session: Session, actor: Actor, agency_id: int | None, *, lock: bool = False) -> Agency:
    """The agency, if `actor` manages it: their own or one below. Raises NotFound for absent and foreign alike.

    `lock=True` holds its row until the transaction ends; reports may still be sent to it meanwhile.
    """
    if not actor.may(Resource.AGENCIES, Verb.WRITE):
        raise Forbidden
    query = select(Agency).where(Agency.id == agency_id, manageable_agencies(actor))
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found: Agency | None = session.scalar(query) if agency_id is not None else None
    if found is None:
        raise NotFound
    return found


def enter(
    session: Session, actor: Actor, parent_id: int | None, profile: AgencyProfile, now: datetime
) -> Agency:
    """Enter an agency below one that `actor` manages. Raises Invalid."""
    try:
        # Held, so that two entries of one name under one parent come one after the other.
        parent = managed(session, actor, parent_id, lock=True)
    except NotFound as error:
        raise Invalid({"parent": CHOOSE_PARENT}) from error
    if not parent.in_use:
        raise Invalid({"parent": PARENT_INACTIVE})
    made = create(
        session,
        profile.name,
        parent.id,
        now,
        alias=profile.alias,
        zone=profile.zone,
        email=contact.email(profile.email, "email", required=False),
        website=contact.website(profile.website, "website"),
        phone=contact.phones(profile.phone, "phone"),
        address=profile.address,
    )
    audit.note(session, actor, "agency.created", KIND, made.id, now, parent=parent.id)
    return made


def update(
    session: Session,
    actor: Actor,
    agency_id: int,
    profile: AgencyProfile,
    now: datetime,
    *,
    active: bool | None = None,
) -> Agency:
    """Change an agency's profile and, if it is not the actor's own, whether it is active. Never its parent.

    Another zone moves its running deadlines. Raises Invalid.
    """
    agency = managed(session, actor, agency_id, lock=True)
    if agency.parent_id is not None:
        session.execute(
            select(Agency.id).where(Agency.id == agency.parent_id).with_for_update(key_share=True)
        )
    name = text.clean(profile.name, "name", limit=text.SHORT_MAX, lines=False)
    if name_taken(session, name, agency.parent_id, besides=agency.id):
        raise Invalid({"name": NAME_TAKEN})
    wanted = {
        "name": name,
        "alias": _line(profile.alias, "alias"),
        "email": contact.email(profile.email, "email", required=False),
        "website": contact.website(profile.website, "website"),
        # What was written before there was a rule stays as long as nobody changes it.
        "phone": agency.phone if profile.phone == agency.phone else contact.phones(profile.phone, "phone"),
        "address": _line(profile.address, "address"),
        "zone": profile.zone or agency.zone,
    }
    changed = [field for field, value in wanted.items() if value != getattr(agency, field)]
    for field in changed:
        setattr(agency, field, wanted[field])
    if changed:
        audit.note(session, actor, "agency.changed", KIND, agency.id, now, fields=changed)
    session.flush()
    if "zone" in changed:
        backlog.recompute(session, Affected(agency=agency.id), now)
    if active is not None and active != agency.active:
        _switch(session, actor, agency, now, active=active)
    return agency


def _line(value: str, field: str) -> str:
    return text.clean(value, field, limit=text.SHORT_MAX, required=False, lines=False)


def deactivate(session: Session, actor: Actor, agency_id: int, now: datetime) -> Agency:
    """Take an agency below the actor's own out of use; its history stays.

    Where it gave reports on, its parent takes its place. Raises Invalid at `active` while it holds open
    reports, or active accounts or agencies hang on it.
    """
    agency = managed(session, actor, agency_id, lock=True)
    if agency.active:
        _switch(session, actor, agency, now, active=False)
    return agency


def hand_over(session: Session, actor: Actor, agency_id: int, successor_id: int | None, now: datetime) -> int:
    """Give open reports of an agency that is to be deactivated to `successor_id`: a batch of them.

    Returns how many they were: call again, each time in a transaction of its own, until there is none.
    Raises Invalid at `successor`, and at `active` for what else keeps the agency.
    """
    agency = managed(session, actor, agency_id, lock=True)
    _may_be_switched(session, actor, agency)
    left = attached(session, agency.id)
    if left.admins or left.children:
        raise _still(left)
    successor = session.scalar(select(Agency).where(Agency.id == successor_id, manageable_agencies(actor)))
    if successor is None or not successor.in_use or is_below(session, successor.id, agency.id):
        raise Invalid({"successor": CHOOSE_SUCCESSOR})
    moved = len(succession.replace_holder(session, actor, agency.id, successor.id, now))
    if moved:
        bell.handed_over(session, actor, agency.id, successor.id, now)
    return moved


def _may_be_switched(session: Session, actor: Actor, agency: Agency) -> None:
    """It lies below the actor's own, and no reorganisation says already where its reports go."""
    if agency.id == actor.agency_id or agency.parent_id is None:
        raise Invalid({"active": OWN_AGENCY})
    if is_busy(session, agency.id):
        raise Invalid({"active": BUSY})


def _still(left: Attached) -> Invalid:
    said = Filled(STILL_ATTACHED, reports=left.open_reports, admins=left.admins, children=left.children)
    return Invalid({"active": said})


def _switch(session: Session, actor: Actor, agency: Agency, now: datetime, *, active: bool) -> None:
    _may_be_switched(session, actor, agency)
    if active:
        parent = session.get_one(Agency, agency.parent_id)
        if not parent.in_use:
            raise Invalid({"active": PARENT_INACTIVE})
        agency.merged_into_id = None
    else:
        left = attached(session, agency.id)
        if left.open_reports or left.admins or left.children:
            raise _still(left)
        backlog.replace_delegator(session, agency.id, now)
    agency.active = active
    done = "agency.activated" if active else "agency.deactivated"
    audit.note(session, actor, done, KIND, agency.id, now)
    session.flush()
