"""The bell, read: what of it somebody may read at this moment (cases C13, C14).

Each item about a report is probed against the scope when it is read and when it is mailed. What tells
nothing of the report needs no probe.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased, selectinload

from app.access.account_lookup import permission_names
from app.access.actor import Actor, actor_of
from app.access.public_text import Columns, Stored, listed
from app.access.scope import basis_of, not_own, visible
from app.access.tree import acting_for, filer
from app.models import Account, Agency, Notification, NotificationSetting, Report
from app.models.accounts.security import account_allows, ours
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import NotFound
from app.rules.inbox.notifications import SETTINGS, WITHOUT_CONTENT, Mailing, NoticeGroup
from app.rules.reports.notice_kinds import NoticeKind
from app.rules.reports.tabs import Basis

PAGE_SIZE = 25


@dataclass(frozen=True)
class BellItem:
    """A notification that its reader may read. title: of the report, masked as in every
    list; "" where there is none to see.

    agency: the one that acted, "" for the reporter and the system. opens: the report can be opened.
    """

    notification: Notification
    title: str
    agency: str
    opens: bool


def _items(actor: Actor) -> Any:
    """Every notification of `actor` that they may read now, with what is shown of it."""
    return (
        select(
            Notification,
            Report.id,
            Report.title,
            Report.is_anonymous,
            Report.mask_choices,
            basis_of(actor),
            Agency.name,
        )
        .select_from(Notification)
        .outerjoin(Report, and_(Report.id == Notification.report_id, visible(actor)))
        .outerjoin(Agency, Agency.id == Notification.agency_id)
        .where(
            Notification.user_id == actor.user_id,
            readable(),
            # Not even what tells nothing of the report: on their own one an officer is a citizen.
            not_own(actor, Notification.report_id),
        )
        .order_by(Notification.at.desc(), Notification.id.desc())
    )


def readable() -> ColumnElement[bool]:
    """Criterion beside a Report that was joined by the scope: it is there, or it is not needed."""
    return or_(
        Notification.report_id.is_(None), Notification.kind.in_(WITHOUT_CONTENT), Report.id.is_not(None)
    )


def newest(
    session: Session,
    actor: Actor,
    *,
    kind: NoticeKind | None = None,
    before: int | None = None,
    limit: int = PAGE_SIZE,
) -> list[BellItem]:
    """Up to `limit` of the actor's notifications, the newest first; after the one with the key `before`."""
    query = _items(actor).limit(limit)
    if kind is not None:
        query = query.where(Notification.kind == kind)
    if before is not None:
        last = aliased(Notification)
        place = select(last.at, last.id).where(last.id == before, last.user_id == actor.user_id)
        query = query.where(tuple_(Notification.at, Notification.id) < place.scalar_subquery())
    return [_made(*row) for row in session.execute(query)]


def one(session: Session, actor: Actor, key: int | None) -> BellItem:
    """One of the actor's notifications. Raises NotFound for absent, foreign, and what they may not read."""
    row = None
    if key is not None:
        row = session.execute(_items(actor).where(Notification.id == key)).one_or_none()
    if row is None:
        raise NotFound
    return _made(*row)


def among(
    session: Session, actor: Actor, after: int, upto: int, kinds: Collection[NoticeKind]
) -> Sequence[BellItem]:
    """The unread ones of these kinds with keys in (after, upto], the oldest first."""
    query = (
        _items(actor)
        .where(
            Notification.id > after,
            Notification.id <= upto,
            Notification.read_at.is_(None),
            Notification.kind.in_(kinds),
        )
        .order_by(None)
        .order_by(Notification.id)
    )
    return [_made(*row) for row in session.execute(query)]


def _made(
    notification: Notification,
    report: int | None,
    title: str | None,
    is_anonymous: bool | None,
    choices: Stored,
    seen: int | None,
    agency: str | None,
) -> BellItem:
    basis = Basis.COPY if seen is None else Basis(seen)
    version = listed(Columns(bool(is_anonymous), choices), basis)
    return BellItem(notification, version(title or ""), agency or "", report is not None)


def reader_of(session: Session, account: Account) -> Actor:
    """The actor that an account is at this moment, for what is delivered without a request."""
    found = session.scalars(
        select(Account)
        .where(Account.id == account.id)
        .options(selectinload(Account.roles))
        .execution_options(populate_existing=True)
    ).one()
    return actor_of(found, ours(permission_names(session, found)))


def officers(
    session: Session, agency_id: int, *, besides: int | None, group: NoticeGroup, report: Report | None = None
) -> Mapping[int, Mailing]:
    """The officers who act for an agency now, but for `besides`, with how they are mailed of `group`.

    While it has none of its own they are those of the nearest agency above that has. report: what it is
    about, if anything: whoever filed it is no officer towards it.
    """
    themselves = filer(report.reporter_id) if report is not None else literal(0)
    query = _with_mailing(group).where(
        Account.agency_id == acting_for(agency_id, themselves),
        Account.id != themselves,
        Account.active.is_(True),
        account_allows(Resource.REPORTS, Verb.ACT),
    )
    if besides is not None:
        query = query.where(Account.id != besides)
    return _mailings(session, query, group)


def owner(session: Session, user_id: int, *, group: NoticeGroup) -> Mapping[int, Mailing]:
    """The account itself, if it is an officer's in use."""
    query = _with_mailing(group).where(
        Account.id == user_id, Account.active.is_(True), Account.agency_id.is_not(None)
    )
    return _mailings(session, query, group)


def _with_mailing(group: NoticeGroup) -> Any:
    return select(Account.id, NotificationSetting.mailing).outerjoin(
        NotificationSetting,
        and_(NotificationSetting.user_id == Account.id, NotificationSetting.group == group),
    )


def _mailings(session: Session, query: Any, group: NoticeGroup) -> Mapping[int, Mailing]:
    default = SETTINGS[group].mailing
    return {key: chosen or default for key, chosen in session.execute(query.order_by(Account.id))}


def settings_of(session: Session, user_id: int | None) -> Mapping[NoticeGroup, Mailing]:
    """How somebody is mailed, group by group."""
    chosen = dict(
        session.execute(
            select(NotificationSetting.group, NotificationSetting.mailing).where(
                NotificationSetting.user_id == user_id
            )
        ).all()
    )
    return {group: chosen.get(group, setting.mailing) for group, setting in SETTINGS.items()}
