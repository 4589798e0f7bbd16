"""The programs that may call the API, as central admins look after them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ApiClient


def clients(session: Session) -> list[ApiClient]:
    """Every client, by name."""
    return list(session.scalars(select(ApiClient).order_by(ApiClient.active.desc(), ApiClient.name)))


def client(session: Session, key: int | None) -> ApiClient | None:
    return session.get(ApiClient, key) if key is not None else None
