"""Comments by citizens, as the officers read them who let them be read by all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.public_text import Columns, Stored, public_version
from app.access.scope import visible
from app.access.tree import within
from app.models import PublicComment, Report
from app.rules.citizens.forms import CommentState
from app.rules.errors import NotFound

SHOWN = 50


@dataclass(frozen=True)
class Awaiting:
    """A comment with the report that it is about. Who wrote it is no matter of the agency's. text, title:
    as everybody will read them, which is what is decided upon."""

    comment: PublicComment
    title: str
    text: str


def moderated_by(actor: Actor) -> ColumnElement[bool]:
    """Criterion on Report: held by the actor's agency or one below it, and seen by the actor."""
    return within(actor.agency_id, Report.holder_id) & visible(actor) if actor.is_officer else false()


def to_moderate(session: Session, actor: Actor, state: CommentState) -> list[Awaiting]:
    """The comments in `state` on reports that the actor moderates: what waits, oldest first, else the newest."""
    order = PublicComment.id if state is CommentState.WAITING else PublicComment.id.desc()
    query = _query(actor).where(PublicComment.state == state).order_by(order).limit(SHOWN)
    return [_awaiting(*row) for row in session.execute(query)]


def get_comment(session: Session, actor: Actor, comment_id: int | None, *, lock: bool = False) -> Awaiting:
    """The comment, if the actor moderates it. Raises NotFound."""
    query = _query(actor).where(PublicComment.id == comment_id)
    if lock:
        query = query.with_for_update(of=PublicComment).execution_options(populate_existing=True)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return _awaiting(*row)


def _awaiting(comment: PublicComment, title: str, is_anonymous: bool, choices: Stored) -> Awaiting:
    shown = public_version(Columns(is_anonymous, choices))
    return Awaiting(comment, shown(title), shown(comment.text))


def _query(actor: Actor) -> Select[PublicComment, str, bool, Stored]:
    return (
        select(PublicComment, Report.title, Report.is_anonymous, Report.mask_choices)
        .join(Report, Report.id == PublicComment.report_id)
        # What one wrote as a citizen, another officer lets through.
        .where(moderated_by(actor), PublicComment.user_id != actor.user_id)
    )
