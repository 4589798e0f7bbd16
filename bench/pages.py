"""Pages: against memory and bare Flask, against size, and what each costs."""

from __future__ import annotations

import pickle
import re
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from statistics import median
from types import SimpleNamespace

from sqlalchemy.orm import Session

from app.access.reports.cards import card_facts
from app.access.scope import worklist
from app.models import Report
from app.rules.reports.tabs import Order, Reach, Tab
from app.rules.reports.workflow import State
from app.scale.tree import GIANT, PARENT
from bench.alike import make_alike
from bench.client import Page
from bench.databases import Base
from bench.inside import Inside
from bench.serving import serve
from bench.sizes import Sizes
from bench.table import Measure, at_least, at_most

OPEN, CLOSED = "/laporan/kelola/sedang-diproses/", "/laporan/selesai/"
NEXT = re.compile(r'href="([^"]*setelah=[^"]*)"')
FAR = 40  # the page that nobody reads and everybody fears


def interleaved(pages: dict[str, Page], sizes: Sizes) -> dict[str, float]:
    """Pages a second of each, asked in turn round after round: the median, so that a disturbance hits all."""
    for page in pages.values():
        for _ in range(8):
            page.fetch()  # psycopg prepares a statement after five
    rates: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(sizes.rounds):
        for name, page in pages.items():
            rates[name].append(page.rate(sizes.requests))
    return {name: median(found) for name, found in rates.items()}


def bare_rows(inside: Inside, user: int, path: Path) -> None:
    """The 25 rows of the worklist, for the bare endpoint."""
    actor = inside.actor(user)
    ids = [line.report_id for line in inside.call(worklist, actor, Tab.PROGRESS)]

    def read(session: Session) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(
                id=facts.report.id, reporter=facts.reporter, source=facts.report.source.value,
                received_at=facts.report.received_at, holder=facts.holder, title=facts.report.title,
                text=facts.report.text, category=facts.category, area=facts.area,
            )
            for facts in card_facts(session, actor, ids).values()
        ]  # fmt: skip

    path.write_bytes(pickle.dumps(inside.call(read)))


def far_page(page: Page) -> str:
    """The address of page 40 of that list, found as a reader would: from page to page."""
    path = page.path
    for _ in range(FAR - 1):
        found = NEXT.search(Page(page.port, path, page.cookie).fetch().decode())
        if found is None:
            return path
        path = unescape(found[1])
    return path


def throughput(
    large: Base, small: Base, big: Inside, little: Inside, sizes: Sizes, folder: Path
) -> list[Measure]:
    giant, parent = big.officer(big.key_of(GIANT)), big.officer(big.key_of(PARENT))
    leaf = little.officer(little.leaf_with(Tab.CLOSED, 26))
    make_alike(little, leaf, big, giant, Tab.CLOSED)
    rows = folder / "rows.pickle"
    bare_rows(big, giant, rows)
    log = folder / "gunicorn.log"
    with ExitStack() as stack:
        real = stack.enter_context(serve("bench.wsgi:real()", large.environment, log=log))
        memory = stack.enter_context(serve("bench.wsgi:memory()", large.environment, log=log))
        bare = stack.enter_context(serve(f"bench.wsgi:bare({str(rows)!r})", large.environment, log=log))
        tiny = stack.enter_context(serve("bench.wsgi:real()", small.environment, log=log))
        as_giant, as_parent = big.cookie(giant), big.cookie(parent)
        newest = f"{OPEN}?urut=terbaru"
        pages = {
            "open": Page(real.port, OPEN, as_giant),
            "memory": Page(memory.port, OPEN, as_giant),
            "bare": Page(bare.port, "/"),
            "closed, 30 % agency": Page(real.port, CLOSED, as_giant),
            "closed, leaf": Page(tiny.port, CLOSED, little.cookie(leaf)),
            "owns nothing": Page(real.port, f"{CLOSED}?cakupan=bawahan", as_parent),
            "newest": Page(real.port, newest, as_giant),
        }
        pages["page 40"] = Page(real.port, far_page(pages["closed, 30 % agency"]), as_giant)
        rate = interleaved(pages, sizes)
        sizes_of = {name: len(page.fetch()) for name, page in pages.items()}
        for _ in range(sizes.pages):
            pages["open"].fetch()
        memory_used = real.worker_memory()
    slower = {name: rate["closed, leaf"] / rate[name] for name in rate}
    buffers = big.buffers(big.actor(giant), Tab.CLOSED) / little.buffers(little.actor(leaf), Tab.CLOSED)
    return [
        Measure("worklist page, one worker", rate["open"], "pages/s"),
        Measure("the same with its rows from memory", rate["memory"], "pages/s"),
        Measure("bare Flask with the same 25 rows", rate["bare"], "pages/s"),
        at_least("worklist / from memory", 100 * rate["open"] / rate["memory"], 60, "%"),
        at_least("worklist / bare Flask (aim)", 100 * rate["open"] / rate["bare"], 15, "%"),
        at_most(
            "time, all reports and the 30 % agency / few and a leaf", slower["closed, 30 % agency"], 1.3, "x"
        ),
        at_most("the same, an agency that owns nothing with much below", slower["owns nothing"], 1.3, "x"),
        at_most("the same, page 40", slower["page 40"], 1.3, "x"),
        at_most("newest first in an open tab / by deadline", rate["open"] / rate["newest"], 1.3, "x"),
        at_most(
            "bytes of those two pages", sizes_of["closed, 30 % agency"] / sizes_of["closed, leaf"], 1.1, "x"
        ),
        at_most("scope-query buffers, the same two", buffers, 2, "x"),
        Measure(
            "scope-query buffers, newest first in an open tab",
            big.buffers(big.actor(giant), Tab.PROGRESS, order=Order.NEWEST),
        ),
        Measure("scope-query buffers, owns nothing", big.buffers(big.actor(parent), Tab.CLOSED, Reach.BELOW)),
        Measure(f"a worker's memory after {sizes.pages} pages", memory_used, "MiB"),
    ]


def each_page(inside: Inside, sizes: Sizes) -> list[Measure]:
    """Milliseconds and statements of single pages, within one process."""
    giant_id = inside.key_of(GIANT)
    giant, desk = inside.cookie(inside.officer(giant_id)), inside.cookie(1)
    mine = inside.some_report(Report.holder_id == giant_id, Report.state == State.IN_PROGRESS)
    new = inside.some_report(Report.state == State.UNVERIFIED)
    asked = {
        "worklist": (giant, OPEN),
        "report page": (giant, f"/laporan/{mine}/"),
        "verify page": (desk, f"/laporan/{new}/verifikasi/"),
        "picker, a word": (desk, "/pilih/instansi?q=seksi+kesehatan"),
        "picker, a word that nothing has": (desk, "/pilih/instansi?q=tidakada"),
    }
    found = []
    for name, (cookie, path) in asked.items():
        milliseconds, statements = inside.page(cookie, path, 5 * sizes.rounds)
        found += [
            Measure(f"{name}, in process", milliseconds, "ms"),
            Measure(f"{name}, statements", statements),
        ]
    one = inside.page(giant, _last_page(inside, giant), 3)[1]
    many = inside.page(giant, OPEN, 3)[1]
    return [*found, at_most("statements of a worklist, 25 rows less the last few", abs(many - one), 0)]


def _last_page(inside: Inside, cookie: str) -> str:
    """The end of the open tab: what is left over after whole pages, fewer rows."""
    actor = inside.actor(inside.officer(inside.key_of(GIANT)))
    lines = inside.call(worklist, actor, Tab.PROGRESS, limit=10_000_000)
    before = lines[-2].position
    return f"{OPEN}?setelah={before.sort_key}.{before.report_id}"
