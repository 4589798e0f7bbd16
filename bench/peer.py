"""django-helpdesk 2.6.1 on the same PostgreSQL: how many whole list pages a second, beside ours.

It is installed from its package into an environment of its own, set up as its documentation says, with
debugging off and kept connections. Its list is two requests: the page, and the rows that its script asks for.
"""

from __future__ import annotations

import os
import re
import subprocess
import venv
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from app.scale.tree import GIANT
from bench import server
from bench.client import Page
from bench.databases import ROOT, Base
from bench.helpdesk import peer_site
from bench.inside import Inside
from bench.pages import OPEN
from bench.serving import serve
from bench.sizes import Sizes
from bench.table import Measure, at_least

PACKAGES = ("django-helpdesk==2.6.1", "psycopg[binary]>=3.3,<4", "gunicorn>=23")
SCRIPTS = ROOT / "bench" / "helpdesk"
DATABASE = "helpdesk"
LIST = "/tickets/"
ROWS_ADDRESS = re.compile(r"datatables_ticket_list/[\w=+/%-]+")
ROWS = 25
TIMES = 25  # so many of our pages in the time of one of its
SHARE = 6  # it is asked this much less often in a round


def peer(large: Base, big: Inside, sizes: Sizes, folder: Path) -> list[Measure]:
    python = _installed(folder / "helpdesk")
    name = f"{DATABASE}_{sizes.tickets}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "peer_site",
        "PYTHONPATH": str(SCRIPTS),
        peer_site.SOCKET: str(folder / "postgresql"),
        peer_site.NAME: name,
    }
    if name not in server.databases(folder):
        server.create(folder, name)
    for command in (["-m", "django", "migrate"], [str(SCRIPTS / "peer_fill.py"), str(sizes.tickets)]):
        subprocess.run([str(python), *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    cookie = _signed_in(python, environment)
    giant = big.cookie(big.officer(big.key_of(GIANT)))
    with ExitStack() as stack:
        ours = stack.enter_context(serve("bench.wsgi:real()", large.environment, log=folder / "gunicorn.log"))
        theirs = stack.enter_context(
            serve(
                "peer_site:application",
                environment,
                folder=folder,
                python=python,
                log=folder / "helpdesk.log",
            )
        )
        mine, frame = Page(ours.port, OPEN, giant), Page(theirs.port, LIST, cookie)
        rows = Page(theirs.port, _address_of_rows(frame), cookie)
        for page in (mine, frame, rows):
            for _ in range(4):
                page.fetch()
        rates: list[tuple[float, float]] = []
        for _ in range(sizes.rounds):
            few = max(4, sizes.requests // SHARE)
            of_frame, of_rows = frame.rate(few), rows.rate(few)
            # One after the other, as its script does.
            rates.append((mine.rate(sizes.requests), 1 / (1 / of_frame + 1 / of_rows)))
    ratio = median(our / their for our, their in rates)
    return [
        Measure("our worklist beside it", median(our for our, _ in rates), "pages/s"),
        Measure(
            f"django-helpdesk 2.6.1, whole list, {sizes.tickets:,} tickets",
            median(their for _, their in rates),
            "pages/s",
        ),
        at_least("our pages in the time of one of its", ratio, TIMES, "x")
        if sizes.is_full
        else Measure("our pages in the time of one of its", ratio, "x"),
    ]


def _installed(home: Path) -> Path:
    """The Python of an environment with the package, made once."""
    python = home / "bin" / "python"
    if not (home / "installed").exists():
        venv.create(home, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *PACKAGES], check=True)
        (home / "installed").touch()
    return python


def _signed_in(python: Path, environment: Mapping[str, str]) -> str:
    """The cookie of its first officer, from its own session store."""
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "from django.contrib.auth import get_user_model\n"
        "client = Client()\n"
        f"client.force_login(get_user_model().objects.get(username={peer_site.USER!r}))\n"
        "print('sessionid=' + client.cookies['sessionid'].value)"
    )
    done = subprocess.run(
        [str(python), "-c", script], env=dict(environment), check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def _address_of_rows(frame: Page) -> str:
    """The address that the list page's script asks for 25 rows, as in the page itself."""
    found = ROWS_ADDRESS.search(frame.fetch().decode())
    if found is None:
        raise RuntimeError("the peer's list names no address of its rows")
    address = f"/{found[0]}?draw=1&start=0&length={ROWS}&search[value]=&order[0][column]=0&order[0][dir]=asc"
    answer = Page(frame.port, address, frame.cookie).fetch()
    if answer.count(b'"ticket"') < ROWS:
        raise RuntimeError(f"the peer's rows are not {ROWS}: {answer[-400:]!r}")
    return address
