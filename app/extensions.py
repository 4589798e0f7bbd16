"""The extensions, and the one way to commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_appbuilder.models.sqla.base import SQLA
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.access.accounts.roles import forget_powers
from app.access.actor import SYSTEM, Actor
from app.access.changed_reports import take_changed, take_moved
from app.access.system.settings import chosen
from app.access.tree_lock import TREE
from app.models import Model
from app.models.engine import WRITES
from app.rules.accounts.sessions import AllLimits, Limits
from app.search import index
from app.services import calendars
from app.storage import Storage, storage_of
from config import Settings

db = SQLA(metadata=Model.metadata)
migrate = Migrate(compare_type=True, render_as_batch=True)
csrf = CSRFProtect()

# The database's own context, for row-level security: who acts, and for which agency. And the tree holds still.
CONTEXT = text(
    "SELECT set_config('lapor.user_id', :user, true), set_config('lapor.agency_id', :agency, true),"
    " pg_advisory_xact_lock_shared(:tree)"
)


def ping() -> None:
    """Raises whatever the database raises when it cannot be reached."""
    db.session.execute(text("SELECT 1"))


def present_settings(session: Session) -> Settings:
    """The settings with what central admins changed at run time."""
    found: Settings = current_app.config["LAPOR"]
    changed: Mapping[str, Any] = chosen(session)
    return replace(found, **changed)


def session_limits() -> AllLimits:
    """How long sessions of officers and of citizens last, as the settings say."""
    settings: Settings = current_app.config["LAPOR"]
    longest = timedelta(hours=settings.officer_session_hours)
    officers = Limits(timedelta(minutes=settings.officer_idle_minutes), longest)
    return AllLimits(officers, Limits(timedelta(days=settings.citizen_idle_days)))


def storage() -> Storage:
    """Where attachments lie, as the settings say; made once for the application."""
    made = current_app.extensions
    if "lapor_storage" not in made:
        made["lapor_storage"] = storage_of(current_app.config["LAPOR"])
    found: Storage = made["lapor_storage"]
    return found


@contextmanager
def transaction(actor: Actor = SYSTEM) -> Iterator[Session]:
    """Open a transaction that writes, commit it at the end, roll it back on any error.

    What it changed of reports is indexed in it, at its end: no search finds what stands there no more.
    What the session read before is let go first: a view's earlier look at the data must not decide
    what is written. Nothing else in the application commits.
    """
    session = db.session()
    session.rollback()
    calendars.forget(session)
    forget_powers(session)
    for take in (take_changed, take_moved):
        take(session)  # of a transaction that failed
    connection = session.connection(execution_options={WRITES: True})
    if connection.dialect.name == "postgresql":
        context = {"user": str(actor.user_id or ""), "agency": str(actor.agency_id or "")}
        connection.execute(CONTEXT, {**context, "tree": TREE})
    try:
        yield session
        index.catch_up(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
