"""What the forms ask of a person's gender."""

from __future__ import annotations

from app.rules.labels import N_, Labelled


class Gender(Labelled):
    MALE = "male", N_("Laki-Laki")
    FEMALE = "female", N_("Perempuan")
