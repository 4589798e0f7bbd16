"""One request in words: what card, page, history and API tell of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.access.actor import Actor
from app.access.public_text import Version
from app.access.reports.requests import Party, RequestFacts
from app.access.standing import Standing
from app.rules.reports.actions import DEFINITIONS, AgencyOfRequest, DaysOfRequest, RequestField
from app.rules.reports.codes import RequestStatus
from app.rules.reports.workflow import Action, Who
from app.services.reports.requests import is_asker, may_decide
from app.views.web.language.i18n import grouped, word
from app.views.web.language.translator import gettext as _


class CarriedView(NamedTuple):
    """What a request carries beside its reason, in words. label: before the value; brief: as the history
    says it; value: a name or a number, as a call gives it."""

    label: str
    words: str
    brief: str
    value: str | int


@dataclass(frozen=True)
class RequestView:
    """what: "Tahan Laporan"; text: "Laporan ini sedang diminta untuk ditahan".

    carried: by the names of the kind's fields. decided_at None: it is open, and `decider` is who has to
    decide. decides, withdraws: whether this reader may accept or reject it now, or take it back.
    """

    id: int
    action: Action
    what: str
    text: str
    status: str
    reason: str
    answer: str
    carried: Mapping[str, CarriedView]
    asker: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    decides: bool
    withdraws: bool

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


def request_view(actor: Actor, mine: Standing, asked: RequestFacts, version: Version) -> RequestView:
    """version: of the report's texts, in which reason and answer are shown. mine: the actor's standing."""
    return RequestView(
        id=asked.id,
        action=asked.action,
        what=word(asked.action),
        text=_(DEFINITIONS[asked.action].requested_to),
        status=word(RequestStatus(asked.status)),
        reason=version(asked.reason),
        answer=version(asked.answer),
        carried=carried(asked.action, asked.carried.get, asked.suggestion),
        asker=_party(asked.asker, word(Who.REPORTER)),
        asked_at=asked.asked_at,
        decider=_party(asked.decider),
        decided_at=asked.decided_at,
        decides=asked.open and actor.is_officer and may_decide(mine, asked.action),
        withdraws=asked.open and is_asker(actor, asked),
    )


def carried(action: Action, number: Callable[[str], object], agency: str) -> dict[str, CarriedView]:
    """What a request for `action`, or the move itself, carries; what it lacks is left out.

    number: looks a number up by its field's name; agency: the name of the one that is carried.
    """
    found = {}
    for field in DEFINITIONS[action].fields:
        value = agency if isinstance(field, AgencyOfRequest) else number(field.name)
        if value:
            found[field.name] = _carried(field, value)
    return found


def _carried(field: RequestField, value: object) -> CarriedView:
    if isinstance(field, DaysOfRequest):
        value = int(str(value))
        words = f"{grouped(value)} {word(field.days)}"
    else:
        value = words = str(value)
    return CarriedView(_(field.label), words, _(field.brief, value=words) if field.brief else words, value)


def _party(party: Party, nobody: str = "") -> str:
    """ "Instansi A a.n. Unit A3 (Petugas A)"."""
    agency = party.agency or nobody
    named = f"{agency} {_('a.n. %(agency)s', agency=party.behalf)}" if party.behalf else agency
    return f"{named} ({party.officer})" if party.officer else named
