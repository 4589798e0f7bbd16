"""The reporter says whether the problem is settled, and rates the handling: once for each closing (case B10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.citizens.own_reports import last_closing, rating_of
from app.access.standing import chains, standing
from app.models import Rating
from app.rules import text
from app.rules.citizens.forms import STARS
from app.rules.errors import AlreadyDone, Forbidden, Invalid, NotFromHere
from app.rules.labels import N_
from app.rules.reports.workflow import Action, State, Who
from app.services.reports import requests
from app.services.reports.locked_report import Form, begin

CHOOSE_STARS = N_("Pilih 1 sampai 5 bintang.")
CHOOSE_SOLVED = N_("Jawab dahulu: sudah terselesaikan, atau belum?")
RATED = N_("Anda sudah memberi penilaian untuk penutupan ini. Terima kasih.")
NOT_SOLVED = N_("Pelapor menyatakan bahwa masalahnya belum terselesaikan.")


def rate(
    session: Session,
    actor: Actor,
    form: Form,
    stars: int | None,
    solved: bool | None,
    note: str,
    now: datetime,
) -> Rating | None:
    """Keep the rating of a closed report; "Belum" asks for reopening as well. None for a second click.

    Raises Forbidden for who is not its reporter, NotFromHere for a report that is not closed,
    AlreadyDone when this closing was rated.
    """
    report, fresh = begin(session, actor, form, "rate", now, may_be_stale=True)
    if not fresh:
        return None
    if Who.REPORTER not in standing(actor, report, chains(session, [report.id])[report.id]).whos:
        raise Forbidden
    closing = last_closing(session, report.id)
    if report.state is not State.CLOSED or closing is None:
        raise NotFromHere
    if rating_of(session, report.id, closing) is not None:
        raise AlreadyDone(RATED)
    errors = {}
    if stars not in STARS:
        errors["stars"] = CHOOSE_STARS
    if solved is None:
        errors["solved"] = CHOOSE_SOLVED
    if errors or stars is None or solved is None:
        raise Invalid(errors)
    cleaned = text.clean(note, "text_or_file", limit=text.REPORT_TEXT_MAX, required=False)
    rating = Rating(report_id=report.id, closing=closing, stars=stars, solved=solved, note=cleaned, at=now)
    session.add(rating)
    report.rating = stars
    if not solved and requests.find_open(session, report.id, Action.REOPEN) is None:
        requests.open_request(session, actor, report, Action.REOPEN, now, reason=cleaned or NOT_SOLVED)
    return rating
