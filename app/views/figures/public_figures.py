"""The words of the public figures: the same tables on the page, in CSV and in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.rules.zones import Zone
from app.stats.public import STATE_LABELS, Figures, PublicGroup, PublicLine
from app.views.figures.figures_words import speech
from app.views.web.language.i18n import moment


def lines_of(found: Figures, group: PublicGroup) -> tuple[str, str, str, Sequence[PublicLine]]:
    """Heading, what it is of, what a line without a name is called, and the lines."""
    itself = _("Admin Pusat") if found.is_root else _("%(name)s (langsung)", name=found.agency)
    tables: Mapping[PublicGroup, tuple[str, str, str, Sequence[PublicLine]]] = {
        PublicGroup.MONTHS: (_("Bulan masuk"), _("Laporan menurut bulan masuk."), "", found.months),
        PublicGroup.AREAS: (_("Provinsi"), _("Provinsi tempat kejadian."), _("Tanpa wilayah"), found.areas),
        PublicGroup.CATEGORIES: (
            _("Kategori"),
            _("Kategori utama; subkategori dijumlahkan."),
            _("Tanpa kategori"),
            found.categories,
        ),
        PublicGroup.AGENCIES: (
            _("Instansi"),
            _("Menurut pemegang laporan sekarang, dengan semua unit di bawahnya."),
            itself,
            found.agencies,
        ),
    }
    return tables[group]


def states_of(found: Figures) -> list[tuple[str, int, float]]:
    """What has become of them so far, how many, and which share in per cent."""
    of = found.total.received
    return [
        (_(name), number, 100 * number / of if of else 0.0)
        for key, name in STATE_LABELS.items()
        for number in (getattr(found.states, key),)
    ]


def plain(which: str, found: Figures) -> dict[str, Any]:
    period = found.period
    return {
        "agency": None if found.is_root else {"id": found.agency_id, "name": found.agency},
        "period": which,
        "since": period.since.isoformat() if period.since else None,
        "until": period.until.isoformat() if period.until else None,
        "zone": found.zone,
        "as_of": found.as_of.isoformat(timespec="seconds"),
        "counted": "verified reports that are not secret, by the day on which they were received",
        "median_days_to_first_follow_up": None if found.median_days is None else round(found.median_days, 2),
        "total": _numbers(found.total),
        "states": {
            "waiting": found.states.waiting,
            "in_progress": found.states.progress,
            "closed_by_people": found.states.closed_by_people,
            "closed_by_timer": found.states.closed_by_system,
        },
        "agencies": [{"id": int(line.key), **_numbers(line)} for line in found.agencies],
        "categories": [_numbers(line) for line in found.categories],
        "provinces": [{"code": line.key or None, **_numbers(line)} for line in found.areas],
        "months": [_numbers(line) for line in found.months],
    }


def _numbers(line: PublicLine) -> dict[str, Any]:
    """name: null for those that have none."""
    return {
        "name": line.name or None,
        "received": line.received,
        "followed_up": line.followed_up,
        "closed_by_people": line.closed_by_people,
        "closed_by_timer": line.closed_by_system,
    }


def rows(found: Figures, which: PublicGroup | None) -> Iterator[list[object]]:
    whose = _("Seluruh Indonesia") if found.is_root else found.agency
    yield [_("Statistik LAPOR!"), whose]
    yield [
        _("Tanggal laporan masuk"),
        speech().period(found.period),
        _(Zone(found.zone).label),
        _("hanya laporan terverifikasi yang tidak rahasia"),
    ]
    yield [_("Per"), moment(found.as_of)]
    yield []
    if which in (None, PublicGroup.STATES):
        yield [_("Kelompok"), _("Nama"), _("Jumlah laporan"), _("Bagian")]
        for name, number, share in states_of(found):
            yield [_("Status"), name, number, round(share, 1)]
        yield []
    if which is PublicGroup.STATES:
        return
    yield [
        _("Kelompok"),
        _("Nama"),
        _("Diterima"),
        _("Ditindaklanjuti"),
        _("Persentase ditindaklanjuti"),
        _("Ditutup oleh instansi atau pelapor"),
        _("Ditutup oleh sistem"),
    ]
    yield ["", _("Semua"), *_counts(found.total)]
    for group in (PublicGroup.MONTHS, PublicGroup.AREAS, PublicGroup.CATEGORIES, PublicGroup.AGENCIES):
        heading, _says, without, lines = lines_of(found, group)
        if which in (None, group):
            for line in lines:
                yield [heading, line.name or without, *_counts(line)]
    median = "" if found.median_days is None else round(found.median_days, 1)
    yield []
    yield [_("Median hari sampai tindak lanjut pertama"), median]


def _counts(line: PublicLine) -> list[object]:
    return [
        line.received,
        line.followed_up,
        round(line.share, 1),
        line.closed_by_people,
        line.closed_by_system,
    ]
