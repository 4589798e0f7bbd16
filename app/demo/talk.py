"""Messages between the agencies of the demo, and bells that are not all red: what is old has been read."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.demo.agencies import BPJS, DIVRE_1, DIVRE_4, ROOT
from app.demo.builder import Builder
from app.models import Conversation, Notification
from app.services.inbox import messages
from app.services.inbox.messages import Draft

HOUR = timedelta(hours=1)
NEWS = timedelta(days=2)  # nobody has read what is younger


def play_talk(builder: Builder) -> None:
    """A conversation with an answer, an announcement to two agencies, and one to all."""
    session, actors, ids, now = builder.session, builder.actors, builder.ids, builder.now
    messages.send(
        session,
        actors[ROOT],
        Draft(
            "Pada hari libur nasional tenggat tidak dihitung. Daftar hari libur ada di Pengaturan.",
            "Hari libur nasional",
            to_all=True,
        ),
        now - 30 * HOUR,
    )
    messages.send(
        session,
        actors[BPJS],
        Draft(
            "Rekapitulasi laporan dikirim paling lambat tanggal 5 setiap bulan.",
            "Rekapitulasi bulanan",
            (ids[DIVRE_1], ids[DIVRE_4]),
            announcement=True,
        ),
        now - 20 * HOUR,
    )
    opened = messages.send(
        session,
        actors[BPJS],
        Draft(
            "Tetap pertahankan kualitas pelayanan yang diberikan. Apakah ada kendala minggu ini?",
            "Kualitas Pelayanan",
            (ids[DIVRE_1],),
        ),
        now - 6 * HOUR,
    )
    assert opened is not None
    talk = session.scalars(select(Conversation.id).where(Conversation.opening_id == opened.id)).one()
    messages.answer(
        session, actors[DIVRE_1], talk, "Terima kasih. Minggu ini tidak ada kendala.", now - 5 * HOUR
    )
    messages.answer(session, actors[BPJS], talk, "Baik, mohon kabari bila ada.", now - 4 * HOUR)


def settle_bells(session: Session, now: datetime) -> None:
    """What is older than NEWS was read when it came, so that it is mailed to nobody either."""
    session.execute(
        update(Notification)
        .where(Notification.at < now - NEWS, Notification.read_at.is_(None))
        .values(read_at=Notification.at)
    )
