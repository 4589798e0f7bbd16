"""`flask lapor generate`: the phases, what each is for, and where an interrupted run goes on.

Each phase, and each chunk of reports, is one transaction that writes down in job_run that it is done. A
run with the same numbers goes on after the last one; a database with anything else in it is refused.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, insert, select

from app.models import (
    Account,
    Agency,
    AgencyTree,
    ArchiveReason,
    Area,
    Category,
    CompletionTarget,
    JobRun,
    Report,
)
from app.models.accounts.security import FabRole, assoc_user_role
from app.rules.accounts.roles import Role
from app.scale import catalogue, lives
from app.scale.loading import set_sequences, write, writing
from app.scale.searchable import documents_of, write_documents
from app.scale.sink import empty
from app.scale.tree import LEAST, Tree, plant

JOB = "generate"
DONE = "done"
REPORTERS_AT_ONCE = 50_000
# Measured with all indexes, at 200,000 reports; while they are built some of it is needed twice.
BYTES_PER_REPORT = {"postgresql": 5_300, "sqlite": 4_000}
SPARE = 1.6
EMAIL = "petugas{user}@skala.example.com"


class GenerationRefused(Exception):
    """The database, the disk or the numbers do not allow it; the message says why."""


@dataclass(frozen=True)
class GeneratedSize:
    reports: int
    agencies: int
    seed: int

    @property
    def words(self) -> str:
        return f"reports={self.reports} agencies={self.agencies} seed={self.seed}"


def size_of(engine: sa.Engine, wanted: GeneratedSize) -> int:
    """Bytes of disk that the finished database takes and its making needs, roughly."""
    return int(wanted.reports * BYTES_PER_REPORT[engine.dialect.name] * SPARE)


class Generator:
    """`engine`: a migrated and seeded database. `say`: where progress goes. password: its hash, for all officers."""

    def __init__(
        self,
        engine: sa.Engine,
        wanted: GeneratedSize,
        password: str,
        say: Callable[[str], None],
        workers: int | None = None,
    ) -> None:
        self.engine, self.wanted, self.password, self.say = writing(engine), wanted, password, say
        self.on_postgresql = engine.dialect.name == "postgresql"
        self.workers = workers or (min(2, os.cpu_count() or 1) if self.on_postgresql else 1)

    def run(self) -> None:
        """Raises Refused before anything is written, or when what came of it is not what it must be."""
        began = self.admit()
        if began is None:
            self.say("already generated: nothing to do")
            return
        nation = self.nation(began)
        for name, work in self.phases(nation):
            if self.is_done(name):
                self.say(f"{name:<12} done before")
                continue
            started = monotonic()
            work()
            self.note(name)
            self.say(f"{name:<12} {monotonic() - started:8.1f} s")
        self.finish()

    def phases(self, nation: lives.Nation) -> list[tuple[str, Callable[[], None]]]:
        last = nation.reporters
        steps: list[tuple[str, Callable[[], None]]] = [
            ("agencies", lambda: self.plant(nation)),
            ("reporters", lambda: self.people(nation, last)),
            ("reports", lambda: self.reports(nation)),
        ]
        if not self.on_postgresql:
            return [*steps, ("analyse", lambda: self.execute("ANALYZE"))]
        return [
            ("strip", self.strip),
            *steps,
            ("indexes", lambda: catalogue.restore(self.engine)),
            ("sequences", self.sequences),
            ("vacuum", lambda: self.execute("VACUUM (ANALYZE)")),
            ("verify", self.verify),
        ]

    # May it begin?

    def admit(self) -> datetime | None:
        """When this generation began: now, or the start of the run to go on with. None: it is finished."""
        if self.wanted.agencies < LEAST or self.wanted.reports < 1:
            raise GenerationRefused(f"At least {LEAST} agencies and one report.")
        with self.engine.begin() as connection:
            run = connection.execute(
                select(JobRun.started_at, JobRun.ended_at, JobRun.result).where(JobRun.job == JOB)
            )
            before = run.one_or_none()
            if before is not None:
                if before.result != self.wanted.words:
                    raise GenerationRefused(
                        f"This database was generated with other numbers: {before.result}."
                    )
                return None if before.ended_at else before.started_at
            for model, allowed in ((Report, 0), (Account, 0), (Agency, 1)):
                if (connection.scalar(select(func.count()).select_from(model)) or 0) != allowed:
                    raise GenerationRefused(
                        "This database has data of its own. Generate into a new one, migrated and seeded."
                    )
            self.check_disk()
            now = datetime.now(UTC).replace(microsecond=0)
            row = {"job": JOB, "started_at": now, "result": self.wanted.words, "error": ""}
            connection.execute(insert(JobRun), [row])
            return now

    def check_disk(self) -> None:
        """Free space is known where the files lie on this machine; a server elsewhere is only told."""
        need = size_of(self.engine, self.wanted)
        self.say(f"disk needed: about {need / 1e9:.1f} GB")
        where = self.engine.url.database if not self.on_postgresql else None
        if where and shutil.disk_usage(Path(where).parent).free < need:
            raise GenerationRefused("There is not enough free disk for it.")

    def nation(self, began: datetime) -> lives.Nation:
        with self.engine.connect() as connection:
            root, name = connection.execute(
                select(Agency.id, Agency.name).where(Agency.parent_id.is_(None))
            ).one()
            return lives.Nation(
                tree=plant(self.wanted.agencies, root, name, self.wanted.seed),
                reports=self.wanted.reports,
                seed=self.wanted.seed,
                now=int(began.timestamp()),
                categories=_all(
                    connection, select(Category.id).where(Category.retired_at.is_(None)).order_by(Category.id)
                ),
                areas=_all(connection, select(Area.code).where(Area.level == 2).order_by(Area.code)),
                reasons=_all(connection, select(ArchiveReason.code).order_by(ArchiveReason.code)),
                targets={
                    kind.value: days
                    for kind, days in connection.execute(
                        select(CompletionTarget.classification, CompletionTarget.working_days)
                    )
                },
            )

    # The phases.

    def plant(self, nation: lives.Nation) -> None:
        tree, now = nation.tree, datetime.fromtimestamp(nation.received(0), UTC)
        offices = [o for o in tree.offices.values() if o.level]
        with self.engine.begin() as connection:
            connection.execute(
                insert(Agency),
                [
                    {
                        "id": o.id,
                        "parent_id": o.chain[0],
                        "name": o.name,
                        "zone": o.zone,
                        "created_at": now,
                        "active": True,
                    }
                    for o in offices
                ],
            )
            connection.execute(
                insert(AgencyTree),
                [
                    {"ancestor_id": above, "unit_id": o.id, "depth": depth}
                    for o in offices
                    for depth, above in enumerate((o.id, *o.chain))
                ],
            )
            self.staff(connection, tree)

    def staff(self, connection: sa.Connection, tree: Tree) -> None:
        roles = {name: key for name, key in connection.execute(select(FabRole.name, FabRole.id))}
        seats = [(user, tree.root, Role.CENTRAL) for user in tree.desk]
        seats += [
            (o.user, o.id, Role.COORDINATOR if o.level == 1 else Role.OFFICER)
            for o in tree.offices.values()
            if o.level and o.user is not None
        ]
        connection.execute(
            insert(Account),
            [
                {
                    "id": user,
                    "first_name": f"Petugas {user}",
                    "last_name": "",
                    "username": f"petugas{user}",
                    "email": EMAIL.format(user=user),
                    "password": self.password,
                    "active": True,
                    "agency_id": agency,
                    "created_by_fk": None,
                    "changed_by_fk": None,
                }
                for user, agency, _ in seats
            ],
        )
        connection.execute(
            insert(assoc_user_role),
            [{"user_id": user, "role_id": roles[role.value]} for user, _, role in seats],
        )

    def people(self, nation: lives.Nation, last: int) -> None:
        with self.engine.begin() as connection:
            for first in range(1, last + 1, REPORTERS_AT_ONCE):
                batch = empty()
                batch["reporter"] = lives.reporters(nation, first, min(first + REPORTERS_AT_ONCE - 1, last))
                write(connection, batch)

    def reports(self, nation: lives.Nation) -> None:
        chunks = range((nation.reports + lives.CHUNK - 1) // lives.CHUNK)
        left = [number for number in chunks if not self.is_done(f"chunk {number}")]
        if self.workers == 1 or len(left) == 1:
            for number in left:
                self.wrote(number, len(chunks), _chunk(self.engine, nation, number))
            return
        # Not forked: connections and locks of this process are no business of theirs.
        url = self.engine.url.render_as_string(hide_password=False)
        with ProcessPoolExecutor(self.workers, get_context("spawn"), _join, (url, nation)) as pool:
            for number, taken in zip(left, pool.map(_chunk_here, left), strict=True):
                self.wrote(number, len(chunks), taken)

    def wrote(self, number: int, all_of_them: int, seconds: float) -> None:
        if (number + 1) % 20 == 0 or number + 1 == all_of_them:
            self.say(f"  reports {(number + 1) * lives.CHUNK:,}: the last chunk took {seconds:.1f} s")

    def strip(self) -> None:
        with self.engine.begin() as connection:
            catalogue.strip(connection)

    def sequences(self) -> None:
        with self.engine.begin() as connection:
            set_sequences(connection)

    def execute(self, statement: str) -> None:
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)

    def verify(self) -> None:
        with self.engine.begin() as connection:
            differing = catalogue.differing(connection)
            if differing:
                raise GenerationRefused(f"Not as before: {', '.join(sorted(d.name for d in differing))}.")

    # Where are we?

    def is_done(self, phase: str) -> bool:
        with self.engine.connect() as connection:
            found = connection.scalar(select(JobRun.result).where(JobRun.job == f"{JOB}: {phase}"))
        return found == DONE

    def note(self, phase: str) -> None:
        with self.engine.begin() as connection:
            note(connection, phase)

    def finish(self) -> None:
        """The steps are forgotten; that the database was generated, and how, stays written."""
        with self.engine.begin() as connection:
            if self.on_postgresql:
                catalogue.forget(connection)
            connection.execute(sa.delete(JobRun).where(JobRun.job.startswith(f"{JOB}: ")))
            connection.execute(sa.update(JobRun).where(JobRun.job == JOB).values(ended_at=datetime.now(UTC)))


def note(connection: sa.Connection, phase: str) -> None:
    row = {"job": f"{JOB}: {phase}", "started_at": datetime.now(UTC), "result": DONE, "error": ""}
    connection.execute(insert(JobRun), [row])


def _all(connection: sa.Connection, query: sa.Select[Any]) -> Sequence[Any]:
    return list(connection.scalars(query))


def _chunk(engine: sa.Engine, nation: lives.Nation, number: int) -> float:
    """Write one chunk; the seconds that it took."""
    started = monotonic()
    batch = lives.chunk(nation, number)
    with engine.connect() as connection:
        mains = {key: main for key, main in connection.execute(select(Category.id, Category.parent_id))}
    found = documents_of(batch, mains)
    with engine.begin() as connection:
        write(connection, batch)
        write_documents(connection, found)
        note(connection, f"chunk {number}")
    return monotonic() - started


# What a worker process keeps between its chunks.
_work: list[tuple[sa.Engine, lives.Nation]] = []


def _join(url: str, nation: lives.Nation) -> None:
    _work.append((writing(sa.create_engine(url)), nation))


def _chunk_here(number: int) -> float:
    engine, nation = _work[0]
    return _chunk(engine, nation, number)
