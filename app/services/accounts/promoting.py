"""Asking a citizen who has an account to be an admin (manual 6.10, "Dari Pengguna Terdaftar")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.accounts import citizen_search
from app.access.actor import Actor
from app.models import AccountLink
from app.rules.accounts import people as rules
from app.rules.accounts.roles import Resource, Role, Verb
from app.rules.errors import Forbidden, Invalid
from app.rules.labels import N_
from app.services import outbox
from app.services.accounts import granting, invitations, people
from app.services.system import attempt_counts, audit

CHOOSE = N_("Pilih satu pengguna dari hasil pencarian.")
TOO_OFTEN = N_("Terlalu banyak pencarian. Tunggu sepuluh menit, lalu coba lagi.")
ENOUGH_TODAY = N_(
    "Batas pencarian pengguna untuk satu hari sudah tercapai, dan Supervisor LAPOR! diberi tahu. Coba lagi besok."
)
LIMIT_TOPIC = "citizen_search_limit"
HASH_SHOWN = 32  # characters of the hash: enough to tell two apart


def admit(session: Session, actor: Actor, now: datetime) -> str:
    """Count one search or choice of `actor`; why it may not go on, "" where it may.

    In a transaction of its own, so that a refusal counts as well. When a day's limit is reached that is
    noted, and the supervisors are written to, once.
    """
    day = attempt_counts.counted(session, attempt_counts.CITIZEN_SEARCH_DAY, actor.user_id, now)
    if day.number == day.limit.number + 1:
        audit.note(session, actor, "citizens.search_limit_reached", people.KIND, actor.user_id, now)
        for key in citizen_search.watchers(session, besides=actor.user_id):
            dedupe_key = f"{LIMIT_TOPIC}:{actor.user_id}:{key}:{day.ends.isoformat()}"
            outbox.put(session, LIMIT_TOPIC, dedupe_key, now, user=key, searcher=actor.user_id)
    if not day.within:
        return ENOUGH_TODAY
    return (
        "" if attempt_counts.count(session, attempt_counts.CITIZEN_SEARCH, actor.user_id, now) else TOO_OFTEN
    )


def search(
    session: Session, actor: Actor, typed: str, now: datetime, *, secret: str
) -> Sequence[citizen_search.FoundCitizen]:
    """The citizens that `typed` finds. Noted in the audit log by how many they are and a hash of what was
    looked for, keyed by `secret`: it shows whether two looked for the same, and not for whom.

    Raises Invalid at "q" for too short a text or a part of an address, Forbidden for whoever may not enter
    accounts.
    """
    wanted = rules.sought(typed)
    found = citizen_search.search(session, actor, wanted)
    sought = attempt_counts.masked(secret, f"{wanted.by.value}:{wanted.words.lower()}")[:HASH_SHOWN]
    audit.note(
        session, actor, "citizens.searched", people.KIND, None, now,
        by=wanted.by.value, sought=sought, found=len(found),
    )  # fmt: skip
    return found


def chosen(
    session: Session, actor: Actor, typed: str, user_id: int | None, now: datetime, *, secret: str
) -> int:
    """The key of one of those whom `typed` finds. Raises Invalid at "chosen" for every other key: nobody is
    reached by counting."""
    if user_id not in {each.id for each in search(session, actor, typed, now, secret=secret)}:
        raise Invalid({"chosen": CHOOSE})
    assert user_id is not None, "it was found"
    return user_id


def promote(
    session: Session,
    actor: Actor,
    user_id: int | None,
    agency_id: int | None,
    role: str | None,
    now: datetime,
) -> AccountLink:
    """Invite a citizen to an agency and a role (default Pejabat Penghubung): it is theirs to say yes.

    The invitation; nothing of the account changes. Raises Invalid.
    """
    if not actor.may(Resource.USERS, Verb.WRITE):
        raise Forbidden
    agency = people.place(session, actor, actor.agency_id if agency_id is None else agency_id)
    given = granting.given_role(session, actor, role or Role.OFFICER.value, agency)
    account = citizen_search.find(session, user_id)
    if account is None:
        raise Invalid({"chosen": CHOOSE})
    return invitations.invite(session, actor, account, agency, given, now)
