"""What every installation starts with: the root, areas, categories, reasons, completion targets, synonyms."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.models import Agency, ArchiveReason, Area, Category, CompletionTarget, Synonym
from app.rules.labels import N_
from app.rules.reports.codes import Classification
from app.services.agencies import management

DATA = Path(__file__).resolve().parent.parent / "data"
ROOT_NAME = "Admin Pusat LAPOR!"
# Campaign topics: kept for history, offered no more.
RETIRED = frozenset({"CORONA VIRUS", "PENIADAAN MUDIK", "PEMULIHAN EKONOMI NASIONAL", "SRGI", "TOPIK KHUSUS"})
ARCHIVE_REASONS: Mapping[str, str] = {
    "sara": N_("Mengandung SARA"),
    "no_evidence": N_("Tidak Memiliki Bukti Dukung"),
    "unclear": N_("Tidak Jelas"),
    "irrelevant": N_("Tidak Relevan dengan Kinerja Pemerintah"),
    "duplicate": N_("Duplikat"),
    "spam": N_("Spam/uji coba"),
    "expired": N_("Kedaluwarsa"),
    "withdrawn": N_("Atas permintaan pelapor"),
}
# Working days from verification (public guidance of 2018 to 2020); central admins change them.
COMPLETION_DAYS: Mapping[Classification, int] = {
    Classification.INFORMATION: 5,
    Classification.ASPIRATION: 5,
    Classification.UNSUPERVISED: 14,
    Classification.SUPERVISED: 60,
}
FIRST_DAY = date(2000, 1, 1)


def seed(session: Session, now: datetime) -> Mapping[str, int]:
    """Fill in what is missing and say how much of each; a second run adds nothing."""
    return {
        "agencies": _root(session, now),
        "areas": _areas(session),
        "categories": _categories(session, now),
        "archive reasons": _reasons(session),
        "completion targets": _targets(session),
        "synonyms": _synonyms(session),
    }


def _is_empty(session: Session, model: type) -> bool:
    return not session.scalar(
        select(func.count()).select_from(select(1).select_from(model).limit(1).subquery())
    )


def _root(session: Session, now: datetime) -> int:
    if not _is_empty(session, Agency):
        return 0
    management.create(session, ROOT_NAME, None, now, alias="Admin Pusat")
    return 1


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / "areas" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _areas(session: Session) -> int:
    if not _is_empty(session, Area):
        return 0
    levels = (
        (1, "provinces.csv", None),
        (2, "regencies.csv", "province_code"),
        (3, "districts.csv", "regency_code"),
    )
    number = 0
    for level, name, parent in levels:
        rows = [
            {
                "code": r["code"],
                "name": r["name"],
                "level": level,
                "parent_code": r[parent] if parent else None,
            }
            for r in _rows(name)
        ]
        session.execute(insert(Area), rows)
        number += len(rows)
    return number


def _categories(session: Session, now: datetime) -> int:
    if not _is_empty(session, Category):
        return 0
    tree: dict[str, list[str]] = json.loads((DATA / "categories.json").read_text(encoding="utf-8"))
    number = 0
    for main, subs in tree.items():
        retired_at = now if main in RETIRED else None
        parent = Category(name=main, retired_at=retired_at)
        session.add(parent)
        session.flush()
        unique = list(dict.fromkeys(subs))
        session.add_all(Category(name=sub, parent_id=parent.id, retired_at=retired_at) for sub in unique)
        number += 1 + len(unique)
    session.flush()
    return number


def _reasons(session: Session) -> int:
    present = set(session.scalars(select(ArchiveReason.code)))
    missing = [code for code in ARCHIVE_REASONS if code not in present]
    for code in missing:
        position = list(ARCHIVE_REASONS).index(code) + 1
        session.add(ArchiveReason(code=code, name=ARCHIVE_REASONS[code], position=position))
    session.flush()
    return len(missing)


def _targets(session: Session) -> int:
    if not _is_empty(session, CompletionTarget):
        return 0
    session.add_all(
        CompletionTarget(classification=kind, working_days=days, valid_from=FIRST_DAY)
        for kind, days in COMPLETION_DAYS.items()
    )
    session.flush()
    return len(COMPLETION_DAYS)


def _synonyms(session: Session) -> int:
    if not _is_empty(session, Synonym):
        return 0
    groups = (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    session.add_all(Synonym(words=group) for group in groups)
    session.flush()
    return len(groups)
