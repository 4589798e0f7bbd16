"""Files that were there before they were numbered get the numbers that they would have got."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from app.extensions import db
from tests.support import papers
from tests.support.citizen import send_report
from tests.support.http import Person, hidden_fields
from tests.support.play import Play
from tests.support.world import World

STEP = "0021"


def numbers() -> list[tuple[int, int | None, str]]:
    with db.engine.begin() as connection:
        rows = connection.execute(text("SELECT id, number, state FROM attachment ORDER BY id"))
        return [(row.id, row.number, row.state) for row in rows]


def test_files_that_are_there_are_numbered(
    app: Flask, sign_in: Callable[[str | None], Person], world: World
) -> None:
    play, citizen = Play(world, datetime.now(UTC) - timedelta(hours=3)), sign_in("warga")
    for _ in range(2):
        sent = send_report(citizen, files=[(io.BytesIO(papers.photo()), f"{n}.jpg") for n in "ab"])
    report = int(re.search(r"/(\d+)/", sent.location)[1])  # type: ignore[index]
    with app.app_context():
        play.verify(report, "a")
        play.attach(report, by="a")
        play.answer_with_file(report, by="a")
    page = f"/laporan-saya/{report}/tanggapan/"
    fields = hidden_fields(citizen.get(page).get_data(as_text=True))
    reply = {**fields, "text_or_file": "", "files": [(io.BytesIO(papers.photo()), "c.jpg")]}
    citizen.client.post(page, data=reply, content_type="multipart/form-data")
    with app.app_context():
        before = numbers()
        assert [number for _id, number, _state in before] == [1, 2, 1, 2, None, None, 3]
        config = app.extensions["migrate"].migrate.get_config()
        step = ScriptDirectory.from_config(config).get_revision(STEP)
        db.session.remove()
        command.downgrade(config, str(step.down_revision))
        command.upgrade(config, "head")
        assert numbers() == before
