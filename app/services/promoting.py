"""Asking a citizen who has an account to be an admin (manual 6.10, "Dari Pengguna Terdaftar")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.access import citizens
from app.access.actor import Actor
from app.models import Account, AccountLink
from app.rules import people as rules
from app.rules.errors import Forbidden, Invalid
from app.rules.labels import N_
from app.rules.roles import Resource, Role, Verb
from app.services import audit, granting, invitations, people

CHOOSE = N_("Pilih satu pengguna dari hasil pencarian.")


def search(session: Session, actor: Actor, typed: str, now: datetime) -> Sequence[Account]:
    """The citizens that match. Noted in the audit log by their number: it shows who they are to an officer.

    Raises Invalid at "q" for too short a text, Forbidden for whoever may not enter accounts.
    """
    found = citizens.search(session, actor, rules.search_words(typed))
    audit.note(session, actor, "citizens.searched", people.KIND, None, now, found=len(found))
    return found


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
    account = citizens.find(session, user_id)
    if account is None:
        raise Invalid({"chosen": CHOOSE})
    return invitations.invite(session, actor, account, agency, given, now)
