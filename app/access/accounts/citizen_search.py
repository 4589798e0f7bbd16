"""Citizens with an account, as whoever makes admins finds them (manual 6.10).

Who they all are is nobody's to list. A whole e-mail or telephone finds the one account that has it. A name
finds those alone who have shown it already: who filed a report under their name that lies in the searcher's
subtree. An anonymous report shows nobody, and officers of the subtree stand in Manajemen Pengguna.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Account, Agency, Report, Reporter, ReportScope
from app.models.accounts.security import FabRole
from app.rules.accounts.people import PersonSought, SoughtBy
from app.rules.accounts.roles import Resource, Role, Verb
from app.rules.errors import Forbidden
from app.rules.reports.tabs import Basis

KEY_MAX = 2**31 - 1  # of an account's key: a larger one would be an error of the database
SHOWN = 10  # more are no help: whoever looks for somebody writes more of their name


@dataclass(frozen=True)
class FoundCitizen:
    """A citizen in a list to choose from; email and phone as stored: the page masks them."""

    id: int
    name: str
    email: str
    phone: str


def citizen() -> ColumnElement[bool]:
    """Criterion on Account: an active one of no agency, with a citizen's role and no other."""
    return and_(
        Account.active.is_(True),
        Account.agency_id.is_(None),
        Account.roles.any(FabRole.name == Role.REPORTER.value),
        ~Account.roles.any(FabRole.name != Role.REPORTER.value),
    )


def search(session: Session, actor: Actor, sought: PersonSought) -> list[FoundCitizen]:
    """Those who are found: one by a whole address, up to SHOWN by a name, in the order of their names.

    One statement, whatever is found. Raises Forbidden for whoever may not enter accounts.
    """
    if not actor.may(Resource.USERS, Verb.WRITE):
        raise Forbidden
    signs_in = Account.username == sought.words
    columns = select(
        Account.id, Account.first_name, Account.last_name, Account.email, Account.phone, signs_in
    )
    rows = session.execute(
        columns.where(citizen(), _matches(actor, sought))
        .order_by(signs_in.desc(), Account.first_name, Account.id)
        .limit(SHOWN)
    ).all()
    if sought.by is not SoughtBy.NAME:
        # A telephone that one signs in with is proved; one that several merely wrote down is nobody's.
        rows = rows[:1] if len(rows) == 1 or (rows and rows[0][-1]) else []
    return [
        FoundCitizen(key, f"{first} {last}".strip(), email, phone)
        for key, first, last, email, phone, _ in rows
    ]


def _matches(actor: Actor, sought: PersonSought) -> ColumnElement[bool]:
    if sought.by is SoughtBy.EMAIL:
        same: ColumnElement[bool] = func.lower(Account.email) == sought.words
        return same
    if sought.by is SoughtBy.PHONE:
        return or_(Account.username == sought.words, Account.phone == sought.words)
    named = Account.first_name.icontains(sought.words, autoescape=True)
    return and_(named, _filed_with(actor))


def _filed_with(actor: Actor) -> ColumnElement[bool]:
    """Criterion on Account: they filed a report under their name which the actor's agency sees in full.

    Scope rows reach from each agency of the chain to all above it. A copy shows no reporter.
    """
    return exists(
        select(Report.id)
        .join(Reporter, Reporter.id == Report.reporter_id)
        .join(ReportScope, ReportScope.report_id == Report.id)
        .where(
            Reporter.user_id == Account.id,
            Reporter.erased_at.is_(None),
            Report.is_anonymous.is_(False),
            ReportScope.agency_id == actor.agency_id,
            ReportScope.basis == Basis.FULL.value,
        )
        .correlate(Account)
    )


def find(session: Session, user_id: int | None) -> Account | None:
    """The citizen of that key, locked; None for whoever is none, or none any more."""
    if user_id is None or user_id > KEY_MAX:
        return None
    query = select(Account).where(Account.id == user_id, citizen()).with_for_update(of=Account)
    account: Account | None = session.scalar(query.execution_options(populate_existing=True))
    return account


def watchers(session: Session, *, besides: int | None) -> list[int]:
    """Who looks after how officers search: the supervisors of the root; where there is none, its central
    admins. Never `besides`, who searched."""
    for role in (Role.SUPERVISOR, Role.CENTRAL):
        query = (
            select(Account.id)
            .join(Agency, Agency.id == Account.agency_id)
            .where(
                Agency.parent_id.is_(None),
                Account.active.is_(True),
                Account.roles.any(FabRole.name == role.value),
                Account.id != besides,
            )
            .order_by(Account.id)
        )
        found = list(session.scalars(query))
        if found:
            return found
    return []
