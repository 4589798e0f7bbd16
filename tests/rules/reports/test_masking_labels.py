"""Words run together with the label of a number."""

from __future__ import annotations

import pytest

from app.rules.reports.masking.kinds import DatumKind
from app.rules.reports.masking.labels import label


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("alamatNIK: ", DatumKind.NIK),
        ("sayaKTP ", DatumKind.NIK),
        ("sayaNo HP", DatumKind.PHONE),
        ("sayaTelp.", DatumKind.PHONE),
    ],
)
def test_a_label_that_is_run_together_with_a_word_shows_by_its_capital(before: str, kind: DatumKind) -> None:
    said = label(before)
    assert said is not None
    assert (said.kind, said.close) == (kind, True)
