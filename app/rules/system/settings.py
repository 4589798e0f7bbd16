"""Which settings of the system a central admin changes at run time, and within which bounds.

Everything else of config.py is the operator's: it names servers and secrets, or decides what is safe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.rules.errors import Invalid
from app.rules.labels import N_, Filled

WRONG_NUMBER = N_("Tulis angka antara 1 dan %(limit)s.")
WRONG_CHOICE = N_("Pilih salah satu.")


@dataclass(frozen=True)
class Bound:
    """most: for a number from 1 on. choices: for a code."""

    most: int = 0
    choices: tuple[str, ...] = ()

    def read(self, field: str, raw: str) -> int | str:
        """The value of a text. Raises Invalid at `field`."""
        text = raw.strip()
        if self.choices:
            if text not in self.choices:
                raise Invalid({field: WRONG_CHOICE})
            return text
        number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
        if not 1 <= number <= self.most:
            raise Invalid({field: Filled(WRONG_NUMBER, limit=self.most)})
        return number


# Names are those of config.Settings. The web server takes 64 MB in one form.
RUNTIME: Mapping[str, Bound] = {
    "attachment_max_mb": Bound(most=50),
    "attachments_max_count": Bound(most=20),
    "first_password": Bound(choices=("link", "mail")),
}
TOGETHER_MAX = 60  # MB of all files of one form
TOO_MUCH = N_("Ukuran dikali jumlah paling banyak %(limit)s MB.")


def check(values: Mapping[str, str]) -> dict[str, int | str]:
    """What the texts of a form mean. Raises Invalid, at every field that is wrong."""
    found: dict[str, int | str] = {}
    errors: dict[str, str] = {}
    for name, bound in RUNTIME.items():
        try:
            found[name] = bound.read(name, values.get(name, ""))
        except Invalid as refused:
            errors.update(refused.errors)
    if errors:
        raise Invalid(errors)
    if int(found["attachment_max_mb"]) * int(found["attachments_max_count"]) > TOGETHER_MAX:
        raise Invalid({"attachments_max_count": Filled(TOO_MUCH, limit=TOGETHER_MAX)})
    return found
