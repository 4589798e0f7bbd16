"""The form of a move that carries a reason and what a request for it carries, by the type of each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, TextAreaField

from app.rules.reports.actions import DEFINITIONS, AgencyOfRequest, DaysOfRequest, RequestField
from app.rules.reports.workflow import Action, Carry
from app.rules.text import key_of
from app.views.forms.agency_fields import AgencyField
from app.views.forms.move_form import MoveForm
from app.views.web.language.i18n import word


class DaysField(SelectField):
    """A number of days out of a list; empty until one is chosen."""

    def __init__(self, label: object = None, *, field: DaysOfRequest, **more: object) -> None:
        super().__init__(label, validate_choice=False, **more)
        self.numbers, self.days = range(field.least, field.most + 1), field.days

    def iter_choices(self) -> Iterator[Any]:
        self.choices = [("", _("Pilih")), *((str(n), f"{n} {word(self.days)}") for n in self.numbers)]
        return super().iter_choices()


class RequestForm(MoveForm):
    """Base of the forms that form_of() makes."""

    asks: Sequence[RequestField] = ()
    reason = TextAreaField()

    @property
    def request_fields(self) -> list[Field]:
        return [self[field.name] for field in self.asks]

    def values(self) -> dict[Carry, int | None]:
        """What was chosen, beside the reason."""
        return {field.carry: key_of(self[field.name].data) for field in self.asks}


@cache
def form_of(action: Action) -> type[RequestForm]:
    asks = DEFINITIONS[action].fields
    return type(f"{action.name}Form", (RequestForm,), {"asks": asks, **{f.name: _made(f) for f in asks}})


def _made(field: RequestField) -> Field:
    if isinstance(field, AgencyOfRequest):
        return AgencyField(_l(field.label))
    assert isinstance(field, DaysOfRequest)
    return DaysField(_l(field.label), field=field)
