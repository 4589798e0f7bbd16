"""An agency with many reports moves while eight clients read: whether a page fails, shows a foreign report, or waits."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from bench.client import Page
from bench.databases import ROOT, Base
from bench.inside import Inside
from bench.serving import serve
from bench.sizes import Sizes
from bench.table import Measure, at_most

CLIENTS = 8
LISTS = ("/laporan/kelola/belum-ditindaklanjuti/", "/laporan/kelola/sedang-diproses/", "/laporan/selesai/")
BELOW = "?cakupan=bawahan"
WANTED = {True: 30_000, False: 500}  # reports of the agency that moves; by whether the bench is the full one
USUAL_SECONDS = {True: 60.0, False: 8.0}
LISTED = re.compile(rb'<article class="card.*?#(\d+)<', re.DOTALL)
# The agency below the top ones, outside of the root's own, whose subtree holds about as many as are wanted.
CHOOSE = """SELECT t.ancestor_id FROM agency_tree t
JOIN (SELECT holder_id, count(*) AS n FROM report GROUP BY 1) held ON held.holder_id = t.unit_id
JOIN agency_tree up ON up.unit_id = t.ancestor_id GROUP BY t.ancestor_id
HAVING count(DISTINCT up.ancestor_id) > 2 ORDER BY abs(sum(held.n) / count(DISTINCT up.ancestor_id) - :wanted) LIMIT 1"""
# Another parent: a top agency with a subtree of its own that is not above it, with an officer.
TARGET = """SELECT a.id FROM agency a JOIN agency root ON root.id = a.parent_id AND root.parent_id IS NULL
JOIN ab_user u ON u.agency_id = a.id AND u.active
WHERE a.active AND a.id NOT IN (SELECT ancestor_id FROM agency_tree WHERE unit_id = :unit)
GROUP BY a.id ORDER BY (SELECT count(*) FROM report_scope s WHERE s.agency_id = a.id AND s.reach = 1), a.id DESC LIMIT 1"""
MOVED = """SELECT DISTINCT d.report_id FROM disposition d JOIN agency_tree t ON t.unit_id = d.agency_id
WHERE t.ancestor_id = :unit AND d.ended_at IS NULL"""
SEEN = "SELECT DISTINCT report_id FROM report_scope WHERE agency_id = :agency"
ROWS = """SELECT count(*), coalesce(sum(hashtext(s.agency_id || '.' || s.reach || '.' || s.tab || '.' || s.sort_key
|| '.' || s.report_id || '.' || s.basis)::bigint), 0) FROM report_scope s"""
# Who gave an ended report on leaves its chain with the move, and decides about its reopening no more. No
# moving back undoes that: it is undone before, so that the batches of the move back write the rows anew.
DECIDERS = """SELECT q.id, q.decider_agency_id FROM request q JOIN report r ON r.id = q.report_id
JOIN agency_tree t ON t.unit_id = r.holder_id WHERE t.ancestor_id = :unit AND q.status = 'open'"""
DECIDE_AGAIN = "UPDATE request SET decider_agency_id = :decider WHERE id = :id"
STAND_AGAIN = """UPDATE disposition SET ended_at = NULL, end_action = NULL, went_to_agency_id = NULL
WHERE end_action = 'moved' AND ended_at >= :since"""
RESTORE = (
    "DELETE FROM agency_past_line WHERE until >= :since",
    "UPDATE agency_tree SET since = NULL WHERE since >= :since",
    "DELETE FROM reorganisation WHERE asked_at >= :since",
    "DELETE FROM audit_log WHERE at >= :since AND action LIKE 'reorganisation.%'",
)


@dataclass(frozen=True)
class Looked:
    """One answer: when it was asked for and had (monotonic seconds), and which reports stand in it."""

    path: str
    began: float
    ended: float
    status: int
    numbers: frozenset[int]


@dataclass
class Client:
    """An officer who reads lists and reports. before, after: what their agency sees of the tree then."""

    cookie: str
    before: frozenset[int]
    after: frozenset[int]
    usual: list[Looked] = field(default_factory=list)
    during: list[Looked] = field(default_factory=list)

    def read(self, port: int, stop: threading.Event, into: list[Looked], lists: tuple[str, ...]) -> None:
        turn = 0
        while not stop.is_set():
            found = look(Page(port, lists[turn % len(lists)], self.cookie))
            into.append(found)
            into.extend(
                look(Page(port, f"/laporan/{number}/", self.cookie)) for number in sorted(found.numbers)[:2]
            )
            turn += 1

    def failures(self, gone: float) -> int:
        """Answers that are no page. A report that was taken away since the list was read is none: 404."""
        lost = self.before - self.after
        return sum(
            each.status != 200
            and not (each.status == 404 and each.ended >= gone and _number(each.path) in lost)
            for each in self.during
        )

    def foreign(self, gone: float, there: float) -> int:
        """Reports shown that the tree did not let them see at any time while they were asked for."""
        wrong = 0
        for each in self.during:
            allowed = self.before if each.began < there else frozenset()
            allowed = allowed | self.after if each.ended >= gone else allowed
            shown = each.numbers | ({_number(each.path)} if each.status == 200 else set()) - {0}
            wrong += len(shown - allowed)
        return wrong

    def slowest(self) -> float:
        """The slowest page of a kind against its usual median."""
        return max(
            max(_seconds(self.during, kind), default=0.0) / median(_seconds(self.usual, kind) or [1.0])
            for kind in (True, False)
        )


def look(page: Page) -> Looked:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", page.port), timeout=120) as connection:
        connection.sendall(page.request)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    status = int(answer.split(b" ", 2)[1])
    listed = not _number(page.path)
    numbers = frozenset(int(n) for n in LISTED.findall(answer)) if listed else frozenset()
    return Looked(page.path, began, time.monotonic(), status, numbers)


def _number(path: str) -> int:
    """The report that an address names; 0 for a list."""
    found = re.fullmatch(r"/laporan/(\d+)/", path)
    return int(found[1]) if found else 0


def _seconds(looks: list[Looked], of_lists: bool) -> list[float]:
    return [each.ended - each.began for each in looks if bool(_number(each.path)) is not of_lists]


def moving(base: Base, inside: Inside, sizes: Sizes, folder: Path) -> list[Measure]:
    engine = sa.create_engine(base.url, poolclass=sa.pool.NullPool)

    def ask(statement: str, **values: Any) -> Any:
        with engine.connect() as connection:
            return connection.execute(sa.text(statement), values).all()

    unit = int(ask(CHOOSE, wanted=WANTED[sizes.is_full])[0][0])
    target = int(ask(TARGET, unit=unit)[0][0])
    parent = int(ask("SELECT parent_id FROM agency WHERE id = :unit", unit=unit)[0][0])
    since: datetime = ask("SELECT clock_timestamp()")[0][0]
    # Parts that ran before leave dead rows behind, which a server in service has swept by then.
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sa.text("VACUUM (ANALYZE)"))
    reports = len(ask(MOVED, unit=unit))
    deciders = [{"id": row[0], "decider": row[1]} for row in ask(DECIDERS, unit=unit)]
    rows = ask(ROWS)
    clients = [_client(inside, ask, agency) for agency in (unit, parent, target, unit) * 2]
    with serve("bench.wsgi:real()", base.environment, log=folder / "gunicorn.log") as server:
        with reading(clients, server.port, during=False):
            time.sleep(USUAL_SECONDS[sizes.is_full])
        with reading(clients, server.port, during=True):
            began, tree, done = _move(base, unit, target)
    for client, agency in zip(clients, (unit, parent, target, unit) * 2, strict=True):
        client.after = _seen(ask, agency)
    with engine.begin() as connection:
        connection.execute(sa.text(STAND_AGAIN), {"since": since})
        if deciders:
            connection.execute(sa.text(DECIDE_AGAIN), deciders)
    _move(base, unit, parent)
    with engine.begin() as connection:
        for statement in RESTORE:
            connection.execute(sa.text(statement), {"since": since})
    looked = sum(len(client.during) for client in clients)
    differ = int(ask(ROWS) != rows)
    return [
        Measure(f"an agency with {reports:,} reports moves: the tree", tree - began, "s"),
        Measure("until the last report has followed", done - began, "s"),
        Measure(f"pages that {CLIENTS} clients read meanwhile", looked),
        at_most("of these failed", sum(each.failures(began) for each in clients), 0),
        at_most("foreign reports shown", sum(each.foreign(began, tree) for each in clients), 0),
        at_most("slowest page / its usual median", max(each.slowest() for each in clients), 5, "x"),
        at_most("scope differs after moving back (1: yes)", differ, 0),
    ]


def _seen(ask: Any, agency: int) -> frozenset[int]:
    return frozenset(row[0] for row in ask(SEEN, agency=agency))


def _client(inside: Inside, ask: Any, agency: int) -> Client:
    seen = _seen(ask, agency)
    return Client(inside.cookie(inside.officer(agency)), seen, seen)


@contextmanager
def reading(clients: list[Client], port: int, *, during: bool) -> Iterator[None]:
    """Each client reads in a thread of its own until the block ends."""
    stop = threading.Event()
    lists = (*LISTS, *(path + BELOW for path in LISTS))
    threads = [
        threading.Thread(
            target=client.read, args=(port, stop, client.during if during else client.usual, lists)
        )
        for client in clients
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _move(base: Base, unit: int, target: int) -> tuple[float, float, float]:
    """When it began, when the tree was changed, and when the last report had followed."""
    arguments = [sys.executable, "-m", "bench.mover", str(unit), str(target)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        arguments, cwd=ROOT, env=base.environment, stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()  # ready
        process.stdin.write("\n")
        process.stdin.flush()
        said = [process.stdout.readline().split() for _ in range(3)]
    if [words[:1] for words in said] != [["begins"], ["tree"], ["done"]]:
        raise RuntimeError("the move did not come to its end")
    began, tree, done = (float(words[1]) for words in said)
    return began, tree, done
