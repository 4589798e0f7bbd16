"""Words of a report that somebody hides from everybody who does not read it whole, or shows to them.

The texts stay as they are. A choice holds at once wherever the report is read, and goes on holding when a text
is edited, as long as the words still stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, literal, select, union_all
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.public_text import choices_of
from app.access.scope import get_report
from app.access.standing import chains, standing
from app.models import (
    Attachment,
    AuditEntry,
    Comment,
    EventText,
    FollowUp,
    MaskChoice,
    PublicComment,
    Reply,
    Report,
    Request,
)
from app.rules.errors import Forbidden, Invalid
from app.rules.labels import N_, Filled
from app.rules.reports.full_readers import may_choose
from app.rules.reports.masking import MaskingChoice
from app.services.system import audit

WORDS_LEAST, WORDS_MOST = 2, 200  # characters
CHOICES_MOST = 200  # of one report
OPENED, OPENED_FOR = "report.opened_to_correct", timedelta(hours=1)
WRITTEN_IN = "words"  # the field at which a refusal is shown
TOO_SHORT = N_("Tulis sedikitnya %(limit)s karakter.")
TOO_LONG = N_("Tulis paling banyak %(limit)s karakter.")
NOT_THERE = N_("Kata ini tidak ada dalam teks laporan. Tulis persis seperti dalam teks.")
TOO_MANY = N_("Sudah ada %(limit)s pilihan untuk laporan ini. Sunting teksnya lewat Koreksi.")


def choose(
    session: Session,
    actor: Actor,
    report_id: int | None,
    wanted: Sequence[MaskingChoice],
    now: datetime,
    *,
    typed: Collection[str] = (),
) -> Report:
    """Hide or show these words; the report. typed: texts of it that stand in a form and are not kept yet.

    Hidden words go in every spelling with small and capital letters that stands in the texts. Raises NotFound,
    Forbidden for who neither verifies nor corrects nor holds it, Invalid for words that it does not have.
    """
    report = get_report(session, actor, report_id, lock=True)
    chain = chains(session, [report.id])[report.id]
    if not actor.is_officer or not may_choose(standing(actor, report, chain).whos):
        raise Forbidden
    texts = [*_texts(session, report), *typed]
    made = [found for each in wanted for found in _found(each, texts)]
    held = {choice.text: choice.hidden for choice in choices_of(report.mask_choices)}
    before = dict(held)
    held.update({choice.text: choice.hidden for choice in made})
    if len(held) > CHOICES_MOST:
        raise Invalid({WRITTEN_IN: Filled(TOO_MANY, limit=CHOICES_MOST)})
    new = [choice for choice in made if before.get(choice.text) is not choice.hidden]
    if not new:
        return report
    for choice in new:
        session.add(
            MaskChoice(
                report_id=report.id,
                words=choice.text,
                hidden=choice.hidden,
                user_id=actor.user_id,
                agency_id=actor.agency_id,
                at=now,
            )
        )
    report.mask_choices = list(held.items())
    hidden = sum(choice.hidden for choice in new)
    audit.note(
        session,
        actor,
        "report.masking_chosen",
        "report",
        report.id,
        now,
        hidden=hidden,
        shown=len(new) - hidden,
    )
    return report


def _found(choice: MaskingChoice, texts: Iterable[str]) -> list[MaskingChoice]:
    """The choice for the words as they stand in the texts. Raises Invalid if they do not."""
    words = choice.text.strip()
    if len(words) < WORDS_LEAST:
        raise Invalid({WRITTEN_IN: Filled(TOO_SHORT, limit=WORDS_LEAST)})
    if len(words) > WORDS_MOST:
        raise Invalid({WRITTEN_IN: Filled(TOO_LONG, limit=WORDS_MOST)})
    # A selection on a page has blanks where the text has line ends.
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    standing_there = {match[0] for text in texts for match in pattern.finditer(text)}
    if not choice.hidden:
        # A small letter less is another word: only what was pointed at is shown.
        standing_there = {each for each in standing_there if each.split() == words.split()}
    if not standing_there:
        raise Invalid({WRITTEN_IN: NOT_THERE})
    return [MaskingChoice(each, choice.hidden) for each in sorted(standing_there)]


def _texts(session: Session, report: Report) -> list[str]:
    """Everything that people wrote in and about a report."""
    parts = [
        select(column).where(table.report_id == report.id)
        for table, column in (
            (FollowUp, FollowUp.text),
            (Reply, Reply.text),
            (Comment, Comment.text),
            (EventText, EventText.text),
            (PublicComment, PublicComment.text),
            (Request, Request.reason),
            (Request, Request.answer),
            (Attachment, Attachment.original_name),
        )
    ]
    written = session.scalars(union_all(select(literal(report.text)), *parts))
    own = (report.title, report.original_title, report.original_text, report.location)
    return [*own, *(text for text in written if text)]


def note_opened(session: Session, actor: Actor, report_id: int, now: datetime) -> None:
    """Somebody who reads the report masked has its whole texts before them, to correct them. Noted once an hour:
    the form is read anew while one types."""
    noted = exists().where(
        AuditEntry.object_kind == "report",
        AuditEntry.object_id == report_id,
        AuditEntry.at > now - OPENED_FOR,
        AuditEntry.action == OPENED,
        AuditEntry.user_id == actor.user_id,
    )
    if not session.scalar(select(noted)):
        audit.note(session, actor, OPENED, "report", report_id, now)
