"""One real report from arrival to closing."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask.ctx import AppContext
from sqlalchemy import select

from app.access.scope import expected, stored
from app.extensions import transaction
from app.jobs.schedule import expire_clocks
from app.models import Event, Report
from app.rules.reports.codes import EndedBy, EventKind
from app.rules.reports.workflow import State
from tests.support.world import WIB, World


def test_a_report_goes_from_arrival_to_closed_by_the_system(ctx: AppContext, world: World) -> None:
    now = datetime(2026, 8, 14, 15, 30, tzinfo=WIB)
    with transaction() as session:
        report_id = world.followed_up(session, now, to="a")
    before, after = datetime(2026, 8, 24, 23, 59, tzinfo=WIB), datetime(2026, 8, 25, tzinfo=WIB)

    assert expire_clocks(before) == "moved 0, failed 0"
    assert expire_clocks(after) == "moved 1, failed 0"
    assert expire_clocks(after + timedelta(days=1)) == "moved 0, failed 0"

    with transaction() as session:
        report = session.get_one(Report, report_id)
        assert (report.state, report.ended_by, report.ended_at) == (State.CLOSED, EndedBy.SYSTEM, after)
        assert stored(session, report_id) == expected(session, report)
        kinds = list(
            session.scalars(select(Event.kind).where(Event.report_id == report_id).order_by(Event.seq))
        )
        assert kinds == [EventKind.RECEIVED, EventKind.VERIFIED, EventKind.FOLLOWED_UP, EventKind.AUTO_CLOSED]
