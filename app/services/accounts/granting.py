"""Which role whom may give, to whom, and where: asked again for every account that is written.

Whatever the tables say, nobody gives a power that they do not hold themselves, as the ticks stand now.
Roles of the code stand in two tables (GRANTS, PLACES). Roles that central admins made themselves are
theirs to give, anywhere; one with a central power only in the root agency.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.account_lookup import STOCK
from app.access.accounts.roles import powers
from app.access.actor import Actor
from app.models import Account, Agency
from app.models.accounts.security import FabRole, ours, permission_rows
from app.rules.accounts import people
from app.rules.accounts.roles import Role, grantable, is_central, may_give
from app.rules.errors import Invalid
from app.rules.labels import N_

CHOOSE_ROLE = N_("Pilih peran yang boleh Anda berikan.")
ROLE_AT_ROOT = N_(
    "Di instansi pusat hanya ada peran Admin Pusat, Supervisor, dan Statistikawan; Admin Pusat dan Supervisor "
    "hanya ada di sana. Pilih peran atau instansi lain."
)
CENTRAL_ROLE = N_("Peran ini memiliki wewenang pusat, sehingga hanya dapat diberikan di instansi pusat.")
BEYOND_YOURS = N_("Peran ini memuat wewenang yang tidak Anda miliki, sehingga tidak dapat Anda berikan.")
BUILT_IN = frozenset(role.value for role in Role)


def choices(session: Session, actor: Actor) -> list[str]:
    """The names of the roles that `actor` gives: those of the code, then those made by central admins."""
    names = [role.value for role in people.offered(actor.roles)]
    names += sorted(_own_roles(session)) if _gives_own(actor) else []
    return [name for name in names if _covers(session, actor, name)]


def touchable(session: Session, actor: Actor, account: Account) -> bool:
    """Whether `actor` may change the account: their own, or one all of whose roles they could give."""
    allowed = {role.value for role in grantable(actor.roles)}
    return account.id == actor.user_id or all(
        (role.name in allowed or (_gives_own(actor) and _is_own(role.name)))
        and _covers(session, actor, role.name)
        for role in account.roles
    )


def given_role(session: Session, actor: Actor, name: str, agency: Agency) -> FabRole:
    """The role of that name, if `actor` gives it and it has its place in `agency`. Raises Invalid at "role"."""
    at_root = agency.parent_id is None
    built_in = next((role for role in Role if role.value == name), None)
    if built_in is not None:
        if built_in not in people.offered(actor.roles):
            raise Invalid({"role": CHOOSE_ROLE})
        if not people.fits(built_in, at_root=at_root):
            raise Invalid({"role": ROLE_AT_ROOT})
        if not _covers(session, actor, name):
            raise Invalid({"role": BEYOND_YOURS})
        return named_role(session, name)
    if not (_gives_own(actor) and _is_own(name)):
        raise Invalid({"role": CHOOSE_ROLE})
    role = named_role(session, name)
    if not _covers(session, actor, name):
        raise Invalid({"role": BEYOND_YOURS})
    if not at_root and _has_central_power(session, role):
        raise Invalid({"role": CENTRAL_ROLE})
    return role


def named_role(session: Session, name: str) -> FabRole:
    """Raises Invalid at "role" for none."""
    found = session.scalar(select(FabRole).where(FabRole.name == name))
    if found is None:
        raise Invalid({"role": CHOOSE_ROLE})
    return found


def _covers(session: Session, actor: Actor, name: str) -> bool:
    """Whether the actor holds all that the role of this name may touch."""
    return may_give(actor.permissions, powers(session).get(name, frozenset()))


def _gives_own(actor: Actor) -> bool:
    return Role.CENTRAL.value in actor.roles


def _is_own(name: str) -> bool:
    """Whether central admins made it: neither a role of the code nor one of Flask-AppBuilder's."""
    return name not in BUILT_IN and name not in STOCK


def _own_roles(session: Session) -> list[str]:
    return [name for name in session.scalars(select(FabRole.name)) if _is_own(name)]


def _has_central_power(session: Session, role: FabRole) -> bool:
    held = ours([(menu, verb) for menu, verb in session.execute(permission_rows([role.id]))])
    return is_central(held)
