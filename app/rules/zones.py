"""Indonesia's zones of time."""

from __future__ import annotations

from app.rules.labels import N_, Labelled


class Zone(Labelled):
    """Indonesia's three zones, by the name in the zone database."""

    WIB = "Asia/Jakarta", N_("WIB")
    WITA = "Asia/Makassar", N_("WITA")
    WIT = "Asia/Jayapura", N_("WIT")
