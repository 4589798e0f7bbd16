"""Form fields that choose agencies: by typing with a script, by searching and ticking without one.

`AgencyField` chooses one, `AgenciesField` any number. After the form was read, `settle(session)` turns
what was typed into agencies; it says False when the reader has to look again, with the reason at the
field. Beside its own name a field reads <name>_query (what was typed), and the single one also
<name>_choice (picked from the search's answer) and <name>_warned (the agency without an officer that
the reader was warned of).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import Field
from wtforms.widgets import TextInput

from app.access.choices import ANYWHERE, AgencyOption, Among, agency_options, find_agencies
from app.rules.labels import N_
from app.rules.text import key_of

CHOOSE_ONE = N_("Pilih salah satu instansi dari hasil pencarian.")
TICK_THEM = N_("Centang instansi yang Anda maksud, lalu kirim lagi.")
NOTHING_FOUND = N_("Tidak ada instansi aktif yang cocok. Coba kata lain.")
UNSTAFFED = N_("belum ada petugas aktif")
UNSTAFFED_WARNING = N_(
    "Instansi ini belum memiliki petugas aktif; laporan akan ditangani oleh instansi di atasnya. Kirim lagi bila tetap memilihnya."
)
COPIES_MAX = 50
TOO_MANY = N_("Paling banyak %(limit)s instansi dalam satu kiriman.")


class _Picking(Field):
    """What both fields share: where to look, and what was typed."""

    widget = TextInput()
    source = "Picker.agencies"  # the endpoint that the script asks while somebody types

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, **more)
        self.among: Among = ANYWHERE
        self.query = ""
        self.offered: list[AgencyOption] = []

    def line(self, option: AgencyOption) -> str:
        """An agency as one line of a list of choices."""
        return option.label if option.staffed else f"{option.label} ({_(UNSTAFFED)})"

    def _more(self, formdata: Any, part: str) -> str:
        """The first value of <name>_<part>."""
        values = formdata.getlist(f"{self.name}_{part}") if formdata is not None else []
        return str(values[0]).strip() if values else ""

    def _same(self, found: Sequence[AgencyOption]) -> AgencyOption | None:
        """The one that was clearly meant: the only hit, or the only one of exactly that name."""
        exact = [option for option in found if option.name.casefold() == self.query.casefold()]
        if len(found) == 1:
            return found[0]
        return exact[0] if len(exact) == 1 else None


class AgencyField(_Picking):
    """One agency. `data` is its key as text, "" while none is chosen."""

    quiet = False  # does not warn of an agency without an officer

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, **more)
        self.choice = self.warned = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(formdata, "" if data is None else data, extra_filters)
        self.query = self._more(formdata, "query")
        self.choice = self._more(formdata, "choice")
        self.warned = self._more(formdata, "warned")

    @property
    def agency_id(self) -> int | None:
        return key_of(self.data)

    def choose(self, option: AgencyOption) -> None:
        self.data, self.query, self.offered = str(option.id), option.name, []

    def settle(self, session: Session) -> bool:
        """Whether it is clear which agency is meant, be it none; see the module."""
        chosen = key_of(self.choice) or key_of(self.data)
        option = next(iter(agency_options(session, [chosen])), None) if chosen else None
        moved_on = self.query and option is not None and self.query.casefold() != option.name.casefold()
        if option is None or (moved_on and not self.choice):
            found = find_agencies(session, self.query, among=self.among) if self.query else []
            option = self._same(found)
            if option is None:
                self.data = ""
                self.offered = found
                if self.query:
                    self.errors = [*self.errors, _(CHOOSE_ONE) if found else _(NOTHING_FOUND)]
                return not self.query
        self.choose(option)
        if option.staffed or self.warned == self.data:
            return True
        self.warned = self.data
        self.errors = [*self.errors, _(UNSTAFFED_WARNING)]
        return False


class PlaceField(AgencyField):
    """One agency as a place in the tree: whether it has an officer does not matter."""

    quiet = True

    def choose(self, option: AgencyOption) -> None:
        super().choose(option)
        self.warned = self.data


class AgenciesField(_Picking):
    """Any number of agencies. `chosen` are those ticked, `offered` what the search found beside them."""

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, **more)
        self.chosen: list[AgencyOption] = []
        self.keys: list[int] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(formdata, "", extra_filters)
        self.query = self._more(formdata, "query")
        values = formdata.getlist(self.name) if formdata is not None else []
        self.keys = sorted({key for value in values if (key := key_of(str(value)))})

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(option.id for option in self.chosen)

    def settle(self, session: Session) -> bool:
        """Whether everything typed was found and ticked; see the module."""
        if len(self.keys) > COPIES_MAX:
            self.errors = [*self.errors, _(TOO_MANY, limit=COPIES_MAX)]
            self.keys = self.keys[:COPIES_MAX]
            return False
        self.chosen = agency_options(session, self.keys)
        if not self.query:
            return True
        found = find_agencies(session, self.query, among=self.among)
        meant = self._same(found)
        if meant is not None:
            if meant.id not in self.ids:
                self.chosen.append(meant)
            self.query = ""
            return True
        self.offered = [option for option in found if option.id not in self.ids]
        self.errors = [*self.errors, _(TICK_THEM) if found else _(NOTHING_FOUND)]
        return False
