"""Buat Laporan: an officer types in what a reporter told them, and keeps sight of it (case C18)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.rules import text
from app.rules.accounts import contact
from app.rules.citizens.recording import RECORDABLE, stated_date
from app.rules.errors import Forbidden, Invalid
from app.rules.labels import N_
from app.services import idempotency
from app.services.citizens.filing import Filing, FilingPerson, file_report
from app.services.reports.verification import check_references

CHOOSE_SOURCE = N_("Pilih saluran asal laporan.")


def record_report(
    session: Session,
    actor: Actor,
    key: str,
    filing: Filing | None,
    reporter: FilingPerson,
    now: datetime,
    *,
    stated: str = "",
    files: Sequence[str] = (),
) -> int:
    """Take in what an officer typed; the report's number. The same `key` again: the same number.

    `filing` is None without a channel. `stated`: the day on which the reporter came, as typed. Raises
    Forbidden for who handles no reports, Invalid with everything that is wrong at once.
    """
    if not actor.is_officer:
        raise Forbidden
    if not idempotency.claim(session, actor, key, "record", now):
        return int(idempotency.result(session, actor, key))
    errors: dict[str, str] = {}
    person = _person(reporter, errors)
    if filing is None or filing.source not in RECORDABLE:
        errors["source"] = CHOOSE_SOURCE
    stated_on: date | None = None
    try:
        stated_on = stated_date(stated, "stated_on", now.astimezone(actor.timezone).date())
    except Invalid as refused:
        errors.update(refused.errors)
    if filing is not None:
        _try(errors, lambda: text.clean(filing.text, "text", limit=text.REPORT_TEXT_MAX))
        _try(errors, lambda: text.clean(filing.title, "title", limit=text.TITLE_MAX, lines=False))
        check_references(session, errors, filing.category_id, filing.area_code)
    if errors or filing is None:
        raise Invalid(errors)
    taken = replace(filing, stated_on=stated_on)
    report = file_report(session, actor, taken, now, reporter=person, files=files)
    idempotency.keep(session, actor, key, str(report.id))
    return report.id


def _person(given: FilingPerson, errors: dict[str, str]) -> FilingPerson | None:
    """The reporter as far as they are known; None for nobody."""
    name = _try(
        errors, lambda: text.clean(given.name, "name", limit=text.SHORT_MAX, required=False, lines=False)
    )
    email = _try(errors, lambda: contact.email(given.email, "email", required=False))
    phone = _try(errors, lambda: contact.phone(given.phone, "phone"))
    return FilingPerson(name, email, phone) if name or email or phone else None


def _try(errors: dict[str, str], clean: Callable[[], str]) -> str:
    try:
        return clean()
    except Invalid as refused:
        errors.update(refused.errors)
        return ""
