"""The auto-close of many due reports: one worker, then four, beside four clients who reply meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from statistics import median

import sqlalchemy as sa

from bench.databases import ROOT, Base
from bench.sizes import Sizes
from bench.table import Measure, at_most

REPLIERS = 4
# What is due anyhow, be it since the generation or from a run that was broken off; then reports that the
# system closed, which are made due once more, as they were before their end: those to which nothing has
# happened since.
CHOOSE = """CREATE UNLOGGED TABLE {name} AS
WITH due AS (SELECT id FROM report WHERE clock_kind = 'auto_close' AND clock_due_at <= now()),
closed AS (SELECT r.id FROM report r JOIN event e ON e.report_id = r.id AND e.seq = r.version
  AND e.kind = 'auto_closed' WHERE r.state = 'closed' AND r.ended_by = 'system' AND r.id NOT IN ({besides})
  ORDER BY r.id LIMIT :due)
SELECT id FROM (SELECT id, 0 AS late FROM due UNION ALL SELECT id, 1 FROM closed) both_kinds
ORDER BY late, id LIMIT greatest(:due, (SELECT count(*) FROM due))"""
REOPEN = (
    "DELETE FROM event e USING {name} d WHERE e.report_id = d.id AND e.kind = 'auto_closed'",
    "DELETE FROM outbox o USING {name} d WHERE o.report_id = d.id AND o.topic = 'auto_closed'",
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
        " WHERE r.id = d.id AND r.state = 'closed' AND c.report_id = d.id AND c.kind = 'auto_close'"
        " AND c.outcome IS NULL"
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
TOLD_TWICE = (
    "SELECT count(*) FROM (SELECT 1 FROM {name} d JOIN outbox o ON o.report_id = d.id AND o.topic = 'auto_closed'"
    " AND o.created_at >= :since GROUP BY d.id HAVING count(*) > 1) twice"
)
CLOSED = "SELECT count(*) FROM {name} d JOIN event e ON e.report_id = d.id AND e.kind = 'auto_closed' AND e.at >= :since"
REPLIED = (
    "SELECT count(*) FROM {name} d JOIN report r ON r.id = d.id WHERE r.state <> 'closed' AND EXISTS"
    " (SELECT 1 FROM event e WHERE e.report_id = r.id AND e.kind = 'replied' AND e.at >= :since)"
)
LEFT = (
    "SELECT count(*) FROM {name} d JOIN report r ON r.id = d.id WHERE r.state <> 'closed' AND NOT EXISTS"
    " (SELECT 1 FROM event e WHERE e.report_id = r.id AND e.kind = 'replied' AND e.at >= :since)"
)


class Closing:
    """`due` reports of `base`, due at once, in a table of their own called `name`. besides: a query for the
    keys of those that an earlier run had."""

    def __init__(self, base: Base, name: str, due: int, besides: str) -> None:
        self.base, self.name = base, name
        self.engine = sa.create_engine(base.url, poolclass=sa.pool.NullPool)
        with self.engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
            connection.execute(sa.text(CHOOSE.format(name=name, besides=besides)), {"due": due})
            connection.exec_driver_sql(f"ALTER TABLE {name} ADD PRIMARY KEY (id)")
            for statement in REOPEN:
                connection.exec_driver_sql(statement.format(name=name))
            self.number = int(connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) or 0)
            self.since = connection.scalar(sa.text("SELECT clock_timestamp()"))

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
        with ExitStack() as stack:
            clients = [stack.enter_context(self._process("reply", str(n))) for n in range(repliers)]
            closers = [stack.enter_context(self._process("close")) for _ in range(workers)]
            for process in (*clients, *closers):
                _hear(process, "ready")
            started = time.perf_counter()
            for process in (*clients, *closers):
                _say_go_on(process)
            for process in closers:
                _hear(process, "done")
            taken = time.perf_counter() - started
            for process in clients:
                _say_go_on(process)
                _hear(process, "done")
        return taken

    def _process(self, *command: str) -> subprocess.Popen[str]:
        arguments = [sys.executable, "-m", "bench.closer", self.name, *command]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            arguments, cwd=ROOT, env=self.base.environment, stdin=pipe, stdout=pipe, text=True
        )

    def count(self, statement: str) -> int:
        with self.engine.connect() as connection:
            values = {"since": self.since} if ":since" in statement else {}
            return int(connection.scalar(sa.text(statement.format(name=self.name)), values) or 0)


def _hear(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    if process.stdout.readline().strip() != word:
        raise RuntimeError("a process of the auto-close failed")


def _say_go_on(process: subprocess.Popen[str]) -> None:
    """A client that has replied to everything is gone already."""
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        os.write(process.stdin.fileno(), b"\n")  # nothing stays in a buffer that nobody reads


def closing(base: Base, sizes: Sizes) -> list[Measure]:
    found: list[Measure] = []
    runs: list[Closing] = []
    besides = "SELECT 0"
    for workers, name in ((1, "bench_one"), (4, "bench_four")):
        run = Closing(base, name, sizes.due, besides)
        besides = f"SELECT id FROM {name}"
        bare = median(run.bare() for _ in range(3))
        taken = run.run(workers, REPLIERS)
        closed, replied = run.count(CLOSED), run.count(REPLIED)
        what = f"auto-close of {run.number:,} due, {workers} worker{'s' if workers > 1 else ''}, {REPLIERS} who reply"
        found += [
            Measure(what, taken, "s"),
            Measure("the bare UPDATE of the same rows", bare, "s"),
            Measure("time for each one closed / bare UPDATE", taken / closed / (bare / run.number), "x"),
            Measure("closed", closed),
            Measure("stopped by a reply", replied),
        ]
        runs.append(run)
    return [
        *found,
        at_most("closed although a reply came before", sum(each.count(WRONG) for each in runs), 0),
        at_most("closed or told twice", sum(each.count(TWICE) + each.count(TOLD_TWICE) for each in runs), 0),
        at_most("left open without a reply", sum(each.count(LEFT) for each in runs), 0),
    ]
