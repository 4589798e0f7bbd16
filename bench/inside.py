"""The application inside the bench's own process: officers, cookies, queries of a page, plans."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event, func, select

from app import create_app
from app.access.actor import Actor, actor_of
from app.access.scope import worklist
from app.extensions import db
from app.models import Account, Agency, Report, ReportScope
from app.models.accounts.security import ours, permission_rows
from app.rules.reports.tabs import Reach, Tab
from app.services.accounts.credentials import sessions
from app.services.accounts.credentials.passwords import stamp
from app.views.accounts.browsing import TOKEN
from bench.databases import KEY, Base
from config import Settings


class Inside:
    """`base`, opened by an application of this process."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.app = create_app(
            Settings(
                database_url=base.url,
                secret_key=KEY,
                demo=False,
                instance=Path(base.environment["LAPOR_INSTANCE"]),
            )
        )
        self.statements: list[tuple[str, Any]] = []
        with self.app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cur: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        self.statements.append((statement, parameters))

    def call(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """function(session, …) in a context of its own."""
        with self.app.app_context():
            try:
                return function(db.session(), *arguments, **named)
            finally:
                db.session.remove()

    def key_of(self, name: str) -> int:
        return int(
            self.call(lambda session: session.scalars(select(Agency.id).where(Agency.name == name)).one())
        )

    def officer(self, agency_id: int) -> int:
        """An officer of that agency; one is moved there where it has none."""

        def find(session: Any) -> int:
            mine = select(func.min(Account.id)).where(
                Account.agency_id == agency_id, Account.active.is_(True)
            )
            found = session.scalar(mine)
            if found is None:
                found = session.scalar(select(func.max(Account.id)))
                session.get_one(Account, found).agency_id = agency_id
                session.commit()
            return int(found)

        return int(self.call(find))

    def cookie(self, user_id: int) -> str:
        """The Cookie header of that officer's session."""
        client = self.app.test_client()

        def begin(session: Any) -> str:
            mark = stamp(session.get(Account, user_id))
            token = sessions.begin(session, user_id, mark, "", datetime.now(UTC))
            session.commit()
            return token

        token = self.call(begin)
        with client.session_transaction() as signed:
            signed["_user_id"], signed["_fresh"], signed[TOKEN] = str(user_id), True, token
        name = self.app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        return f"{name}={cookie.value}"

    def actor(self, user_id: int) -> Actor:
        def read(session: Any) -> Actor:
            account = session.get(Account, user_id)
            rows = session.execute(permission_rows([role.id for role in account.roles]))
            return actor_of(account, ours([(menu, name) for menu, name in rows]))

        found: Actor = self.call(read)
        return found

    def leaf_with(self, tab: Tab, least: int) -> int:
        """The smallest agency without units that has at least `least` reports of its own in `tab`."""
        below = select(Agency.parent_id).where(Agency.parent_id.is_not(None))
        query = (
            select(ReportScope.agency_id)
            .where(
                ReportScope.reach == Reach.OWN.value,
                ReportScope.tab == tab,
                ReportScope.agency_id.not_in(below),
            )
            .group_by(ReportScope.agency_id)
            .having(func.count() >= least)
            .order_by(func.count())
            .limit(1)
        )
        return int(self.call(lambda session: session.scalars(query).one()))

    def page(self, cookie: str, path: str, times: int = 15) -> tuple[float, int]:
        """(milliseconds, median; statements) of a page asked for within this process."""
        client = self.app.test_client()
        client.set_cookie(*cookie.split("=", 1))
        taken = []
        for _ in range(times):
            self.statements.clear()
            started = time.perf_counter()
            answer = client.get(path)
            taken.append(time.perf_counter() - started)
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code}")
        return median(taken) * 1000, len(self.statements)

    def buffers(self, actor: Actor, tab: Tab, reach: Reach = Reach.OWN, **more: Any) -> int:
        """Buffers that PostgreSQL touches for one page of the scope query, once warm."""

        def explain(session: Any) -> int:
            found = 0
            for _ in range(2):
                self.statements.clear()
                worklist(session, actor, tab, reach=reach, **more)
                statement, parameters = self.statements[0]
                plan = session.connection().exec_driver_sql(
                    f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters
                )
                raw = plan.scalar()
                top = (json.loads(raw) if isinstance(raw, str) else raw)[0]["Plan"]
                found = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
            return int(found)

        return int(self.call(explain))

    def some_report(self, *criteria: Any) -> int:
        return int(
            self.call(lambda session: session.scalars(select(Report.id).where(*criteria).limit(1)).one())
        )
