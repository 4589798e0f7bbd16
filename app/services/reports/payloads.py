"""What moves of one shape carry, whoever makes them: a reason, or the reason of an archiving."""

from __future__ import annotations

from app.rules.reports.codes import Visibility
from app.rules.reports.workflow import Carry
from app.services.reports.transition import Carried


def reasoned(reason: str) -> Carried:
    """The reporter reads why: a case closed without a word is what reporters complain about."""
    return Carried(values={Carry.REASON: reason}, texts={"reason": reason}, visibility=Visibility.REPORTER)


def archiving(code: str, note: str) -> Carried:
    """`code`: a reason of the table archive_reason, shown to the reporter with the note."""
    return Carried(
        values={Carry.REASON_CODE: code, Carry.TEXT: note},
        archive_reason=code,
        data={"reason": code},
        texts={"note": note},
        visibility=Visibility.REPORTER,
    )
