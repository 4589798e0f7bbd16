"""A report arrives, by whatever channel (manual 3.1): it lies with the root, waiting to be verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import rewrite
from app.access.tree import root_id
from app.models import Disposition, Report, Reporter
from app.rules import text
from app.rules.reports.codes import Channel, EventKind
from app.rules.reports.workflow import Clock, State
from app.services.attachments.uploads import claim
from app.services.reports import clocks
from app.services.reports.history import record


@dataclass(frozen=True)
class FilingPerson:
    """Who sends a report, as far as they said. Kept apart from the report, and erasable."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Filing:
    """A report as it comes in. Text is cleaned here; keys must exist."""

    text: str
    source: Channel
    title: str = ""
    is_anonymous: bool = False
    is_secret: bool = False
    category_id: int | None = None
    area_code: str | None = None
    location: str = ""
    suggested_agency_id: int | None = None
    external: tuple[str, str] | None = None  # the source's name and the report's id there
    client_id: int | None = None  # the program that sends it by the API
    stated_on: date | None = None  # when the reporter came to the agency; starts no clock


def file_report(
    session: Session,
    actor: Actor,
    filing: Filing,
    now: datetime,
    *,
    reporter: Reporter | FilingPerson | None = None,
    files: Sequence[str] = (),
) -> Report:
    """Take in `filing`, received at `now` (aware), and start the clock of its verification.

    `reporter` is a known one, a person to be written down, or nobody. Raises Invalid for a text that
    is empty, longer than 3,000 characters or not storable. `files`: stored names of what was uploaded
    for it. An officer who files is the report's recorder, and their agency keeps sight of it (case C18).
    """
    body = text.clean(filing.text, "text", limit=text.REPORT_TEXT_MAX)
    title = text.clean(filing.title, "title", limit=text.TITLE_MAX, required=False, lines=False)
    location = text.clean(filing.location, "location", limit=text.SHORT_MAX, required=False, lines=False)
    if isinstance(reporter, FilingPerson):
        reporter = Reporter(
            name=text.clean(reporter.name, "name", limit=text.SHORT_MAX, required=False, lines=False),
            email=reporter.email.strip().lower(),
            phone=reporter.phone,
            created_at=now,
        )
        session.add(reporter)
        session.flush()
    claimed = claim(session, actor, files, None, now)
    # What an officer files for themselves is no agency's to see.
    own = isinstance(reporter, Reporter) and reporter.id == actor.reporter_id
    recorded = actor.is_officer and not own
    root = root_id(session)
    report = Report(
        version=0,
        state=State.UNVERIFIED,
        held=False,
        received_at=now,
        source=filing.source,
        client_id=filing.client_id,
        reporter_id=reporter.id if reporter else None,
        recorder_user_id=actor.user_id if recorded else None,
        recorder_agency_id=actor.agency_id if recorded else None,
        is_anonymous=filing.is_anonymous,
        is_secret=filing.is_secret,
        original_title=title,
        original_text=body,
        title=title,
        text=body,
        category_id=filing.category_id,
        area_code=filing.area_code,
        location=location,
        suggested_agency_id=filing.suggested_agency_id,
        holder_id=root,
        reply_unanswered=False,
        follow_up_count=0,
        comment_count=0,
        external_source=filing.external[0] if filing.external else None,
        external_id=filing.external[1] if filing.external else None,
    )
    session.add(report)
    session.flush()
    session.add(
        Disposition(report_id=report.id, seq=1, position=0, agency_id=root, from_agency_id=None, at=now)
    )
    # Arrival is no move of the table: it only starts the clock that the first state has.
    clocks.start(session, report, Clock.VERIFICATION, now)
    claimed.give(report)
    data = {"source": filing.source.value, **claimed.data}
    if filing.stated_on is not None:
        data["stated_on"] = filing.stated_on.isoformat()
    record(session, actor, report, EventKind.RECEIVED, now, data=data)
    rewrite(session, report)
    return report
