"""Twenty questions of an officer over imported complaints: `python -m bench.questions`, with the
application's environment pointing at a database into which `flask lapor import-complaints` put them.

For each: how many are found, how many of the best ten are about it, and how many of all that are about it
are found. What is about it is said by a pattern of plain words, not by the search's own rules. No text of
a complaint is printed.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from app import create_app
from app.access.actor import Actor
from app.access.tree import root_id
from app.extensions import db
from app.models import Report
from app.rules.accounts.roles import ROLE_MATRIX, Role
from app.search.find import SearchOrder, find, understood

BEST = 10
ALL = 5_000


@dataclass(frozen=True)
class Question:
    """about: what must stand in a complaint that is about it, each pattern somewhere."""

    typed: str
    about: tuple[str, ...]


PJU = r"\bpju\b|penerangan jalan|lampu jalan|lampu"
DEAD = r"padam|mati\b|tidak menyala|tdk menyala|tidak nyala"
QUESTIONS = (
    Question("PJU padam", (PJU, DEAD)),
    Question("lampu jalan mati", (PJU, DEAD)),
    Question("penerangan jalan umum", (r"\bpju\b|penerangan jalan|lampu",)),
    Question("pohon tumbang", (r"pohon", r"tumbang|roboh")),
    Question("pemangkasan pohon", (r"pohon", r"pangkas|mangkas|perant|rempel|potong")),
    Question("sampah menumpuk", (r"sampah", r"tumpuk|numpuk")),
    Question("jalan berlubang", (r"jalan|\bjl|\bjln", r"lubang|bolong")),
    Question("saluran air tersumbat", (r"saluran|selokan|\bgot\b|drainase", r"sumbat|mampet|buntu")),
    Question("banjir", (r"banjir|genang",)),
    Question("parkir liar", (r"parkir", r"liar|sembarang")),
    Question("PKL trotoar", (r"\bpkl\b|kaki lima", r"trotoar|pedestrian")),
    Question("paving rusak", (r"paving", r"rusak|ambles|hancur|pecah")),
    Question("kabel semrawut", (r"kabel", r"semrawut|menjuntai|berantakan")),
    Question("rambu lalu lintas", (r"rambu", r"lalu|lalin")),
    Question("traffic light mati", (r"traffic|lampu merah|\btl\b", DEAD + r"|rusak|error")),
    Question("pengerukan sungai", (r"keruk|ngeruk", r"sungai|kali\b|saluran")),
    Question("jembatan rusak", (r"jembatan", r"rusak|ambrol|retak|lubang")),
    Question("tutup got hilang", (r"tutup", r"\bgot\b|saluran|gorong", r"hilang|dicuri|tidak ada")),
    Question("polisi tidur", (r"polisi tidur|speed ?bump",)),
    Question("taman bermain anak", (r"taman", r"anak|bermain|mainan")),
)


def main() -> int:
    app = create_app()
    with app.app_context():
        session = db.session()
        actor = Actor(
            user_id=None, agency_id=root_id(session), at_root=True, permissions=ROLE_MATRIX[Role.CENTRAL]
        )
        texts = {key: text for key, text in session.execute(select(Report.id, Report.text))}
        print(f"{len(texts)} complaints\n")
        print("| question | found | of the best ten about it | about it in all | of those found |")
        print("|---|---:|---:|---:|---:|")
        for question in QUESTIONS:

            def ids(order: SearchOrder, limit: int, typed: str = question.typed) -> list[int]:
                found = find(
                    session, actor, understood(session, typed), datetime.now(UTC), order=order, limit=limit
                )
                return [hit.report_id for hit in found.hits]

            about = {
                key
                for key, text in texts.items()
                if all(re.search(pattern, text, re.IGNORECASE) for pattern in question.about)
            }
            best, found = ids(SearchOrder.BEST, BEST), set(ids(SearchOrder.NEWEST, ALL))
            print(
                f"| {question.typed} | {len(found)} | {len(set(best) & about)} of {len(best)}"
                f" | {len(about)} | {len(found & about)} |"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
