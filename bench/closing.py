"""The auto-close of many due reports: one worker, then four beside four clients who reply."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence

import sqlalchemy as sa

from bench.databases import ROOT, Base
from bench.sizes import Sizes
from bench.table import Measure, at_most

WORKERS = REPLIERS = 4
# Reports that the system closed are made due once more, as they were an hour before their end.
CHOOSE = """CREATE UNLOGGED TABLE {name} AS SELECT r.id FROM report r
WHERE r.state = 'closed' AND r.ended_by = 'system' AND r.id > :after ORDER BY r.id LIMIT :due"""
REOPEN = (
    "DELETE FROM event e USING {name} d WHERE e.report_id = d.id AND e.kind = 'auto_closed'",
    (
        "UPDATE report_clock c SET outcome = NULL, met_at = NULL, ended_at = NULL FROM {name} d, report r"
        " WHERE c.report_id = d.id AND r.id = d.id AND c.ended_at = r.ended_at AND c.kind IN ('auto_close', 'target')"
    ),
    (
        "UPDATE report_scope s SET tab = 'progress', sort_key = (extract(epoch FROM c.due_at) * 1000000)::bigint"
        " FROM {name} d, report_clock c WHERE s.report_id = d.id AND c.report_id = d.id AND c.kind = 'auto_close'"
        " AND c.outcome IS NULL AND s.tab = 'closed'"
    ),
    (
        "UPDATE report r SET state = 'in_progress', ended_at = NULL, ended_by = NULL, rating = NULL,"
        " version = r.version - 1, clock_kind = 'auto_close', clock_due_at = c.due_at FROM {name} d, report_clock c"
        " WHERE r.id = d.id AND c.report_id = d.id AND c.kind = 'auto_close' AND c.outcome IS NULL"
    ),
)
BARE = (
    "UPDATE report r SET state = 'closed', ended_at = now(), ended_by = 'system', clock_kind = NULL,"
    " clock_due_at = NULL, version = version + 1 FROM {name} d WHERE r.id = d.id"
)
# Closed although a reply came before: the reply would have stopped the clock.
WRONG = (
    "SELECT count(*) FROM {name} d JOIN report r ON r.id = d.id JOIN event c ON c.report_id = r.id"
    " AND c.kind = 'auto_closed' WHERE EXISTS (SELECT 1 FROM event e WHERE e.report_id = r.id AND e.kind = 'replied'"
    " AND e.at >= :since AND e.seq < c.seq)"
)
TWICE = (
    "SELECT count(*) FROM (SELECT 1 FROM {name} d JOIN event e ON e.report_id = d.id AND e.kind = 'auto_closed'"
    " GROUP BY d.id HAVING count(*) > 1) twice"
)
LEFT = (
    "SELECT count(*) FROM {name} d JOIN report r ON r.id = d.id WHERE r.state <> 'closed' AND NOT EXISTS"
    " (SELECT 1 FROM event e WHERE e.report_id = r.id AND e.kind = 'replied' AND e.at >= :since)"
)


class Closing:
    """`due` reports of `base`, due at once, in a table of their own called `name`."""

    def __init__(self, base: Base, name: str, due: int, after: int) -> None:
        self.base, self.name = base, name
        self.engine = sa.create_engine(base.url, poolclass=sa.pool.NullPool)
        with self.engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
            connection.execute(sa.text(CHOOSE.format(name=name)), {"after": after, "due": due})
            connection.exec_driver_sql(f"ALTER TABLE {name} ADD PRIMARY KEY (id)")
            for statement in REOPEN:
                connection.exec_driver_sql(statement.format(name=name))
            self.since = connection.scalar(sa.text("SELECT clock_timestamp()"))
            self.last = int(connection.scalar(sa.text(f"SELECT max(id) FROM {name}")) or 0)

    def bare(self) -> float:
        """Seconds of the bare UPDATE of the same rows, undone after."""
        with self.engine.connect() as connection:
            started = time.perf_counter()
            connection.exec_driver_sql(BARE.format(name=self.name))
            taken = time.perf_counter() - started
            connection.rollback()
        return taken

    def run(self, workers: int, repliers: int) -> float:
        """Seconds until nothing is due, with that many workers, and clients who reply meanwhile."""
        started = time.perf_counter()
        helpers = [self._process("reply", str(n), str(repliers)) for n in range(repliers)]
        closers = [self._process("close") for _ in range(workers)]
        for process in closers:
            _finish(process)
        taken = time.perf_counter() - started
        for process in helpers:
            process.terminate()
            process.wait(60)
        return taken

    def _process(self, *command: str) -> subprocess.Popen[bytes]:
        arguments = [sys.executable, "-m", "bench.closer", self.name, *command]
        return subprocess.Popen(arguments, cwd=ROOT, env=self.base.environment)

    def count(self, statement: str) -> int:
        with self.engine.connect() as connection:
            values = {"since": self.since} if ":since" in statement else {}
            return int(connection.scalar(sa.text(statement.format(name=self.name)), values) or 0)


def _finish(process: subprocess.Popen[bytes]) -> None:
    if process.wait():
        raise RuntimeError("a worker of the auto-close failed")


def closing(base: Base, sizes: Sizes) -> list[Measure]:
    alone = Closing(base, "bench_alone", sizes.due, 0)
    bare = alone.bare()
    one = alone.run(1, 0)
    together = Closing(base, "bench_together", sizes.due, alone.last)
    four = together.run(WORKERS, REPLIERS)
    both: Sequence[Closing] = (alone, together)
    return [
        Measure(f"bare UPDATE of {sizes.due:,} due", bare, "s"),
        Measure("auto-close, one worker", one, "s"),
        Measure("auto-close, one worker / bare UPDATE", one / bare, "x"),
        Measure("auto-close, four workers and four who reply", four, "s"),
        Measure("auto-close, four workers / bare UPDATE", four / bare, "x"),
        at_most("closed although a reply came before", sum(each.count(WRONG) for each in both), 0),
        at_most("closed twice", sum(each.count(TWICE) for each in both), 0),
        at_most("left open without a reply", sum(each.count(LEFT) for each in both), 0),
    ]
