"""The central desk: verify, put off, archive, restore, correct; and the chain's Ubah Disposisi (manual 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import ArchiveReason, Area, Category, Report
from app.rules import text
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.rules.reports.codes import Classification, Visibility
from app.rules.reports.masking import HIDDEN
from app.rules.reports.workflow import Action, Carry
from app.services.reports import clocks
from app.services.reports.copies import send_copies
from app.services.reports.locked_report import Form, begin
from app.services.reports.payloads import archiving
from app.services.reports.transition import Applied, Carried, apply, missing

UNKNOWN_CATEGORY = N_("Kategori ini tidak tersedia. Pilih kategori lain.")
MASKED = N_(
    "Teks ini memuat “[disamarkan]”, yang bukan tulisan pelapor. Tulis bagian itu seperti aslinya; saat ditampilkan ia disamarkan sendiri."
)
UNKNOWN_AREA = N_("Wilayah ini tidak dikenal. Pilih wilayah lain.")
UNKNOWN_REASON = N_("Alasan ini tidak tersedia. Pilih alasan lain.")


@dataclass(frozen=True)
class VerificationData:
    """What the central desk decides about a new report."""

    title: str
    text: str
    category_id: int | None
    classification: Classification | None
    agency_id: int | None
    area_code: str | None = None
    copy_ids: tuple[int, ...] = ()


def verify(
    session: Session, actor: Actor, form: Form, decision: VerificationData, now: datetime
) -> Applied | None:
    """Verifikasi & Disposisi (manual 3.2): edit, classify, and dispatch to the agency in charge.

    The reporter's own words stay untouched beside the edited ones. None for a second click.
    """
    report, fresh = begin(session, actor, form, Action.VERIFY.value, now)
    if not fresh:
        return None
    errors: dict[str, str] = {}
    title = _cleaned(errors, decision.title, "title", limit=text.TITLE_MAX, lines=False)
    body = _cleaned(errors, decision.text, "text", limit=text.REPORT_TEXT_MAX)
    _refuse_masked(errors, report, title, body)
    check_references(session, errors, decision.category_id, decision.area_code)
    values: dict[Carry, object] = {
        Carry.TITLE: title,
        Carry.AGENCY: decision.agency_id,
        Carry.CATEGORY: decision.category_id,
        Carry.CLASSIFICATION: decision.classification,
    }
    # Everything that is wrong at once, not one field after the other.
    errors = missing(Action.VERIFY, values) | errors
    if errors:
        raise Invalid(errors)
    before = {"title_before": report.title, "text_before": report.text}
    changed = {name: old for name, old in before.items() if old != (title if "title" in name else body)}
    report.title, report.text = title, body
    report.category_id = decision.category_id
    report.classification = decision.classification
    report.area_code = decision.area_code
    applied = apply(
        session,
        actor,
        report,
        Action.VERIFY,
        now,
        Carried(
            values=values,
            agency_id=decision.agency_id,
            data={
                "agency": decision.agency_id,
                "category": decision.category_id,
                "copies": sorted(decision.copy_ids),
            },
            texts=changed,
        ),
    )
    send_copies(session, actor, report, decision.copy_ids, now)
    return applied


def ask_details(session: Session, actor: Actor, form: Form, question: str, now: datetime) -> Applied | None:
    """Tunda: ask the reporter for what is missing; 30 days, then the system archives."""
    report, fresh = begin(session, actor, form, Action.ASK_DETAILS.value, now)
    if not fresh:
        return None
    cleaned = text.clean(question, "text", limit=text.REPORT_TEXT_MAX)
    return apply(
        session,
        actor,
        report,
        Action.ASK_DETAILS,
        now,
        Carried(values={Carry.TEXT: cleaned}, texts={"note": cleaned}, visibility=Visibility.REPORTER),
    )


def archive(
    session: Session, actor: Actor, form: Form, reason: str, note: str, now: datetime
) -> Applied | None:
    """Arsipkan: end a report that will not be handled; the reason is shown to the reporter."""
    report, fresh = begin(session, actor, form, Action.ARCHIVE.value, now)
    if not fresh:
        return None
    known = session.get(ArchiveReason, reason) if reason else None
    if reason and (known is None or known.retired_at is not None):
        raise Invalid({"reason_code": UNKNOWN_REASON})
    cleaned = text.clean(note, "text", limit=text.REPORT_TEXT_MAX)
    return apply(
        session,
        actor,
        report,
        Action.ARCHIVE,
        now,
        archiving(reason, cleaned),
    )


@dataclass(frozen=True)
class Correction:
    """What is to be corrected; None leaves a field as it is."""

    title: str | None = None
    text: str | None = None
    category_id: int | None = None
    classification: Classification | None = None
    area_code: str | None = None


def correct(
    session: Session, actor: Actor, form: Form, correction: Correction, now: datetime
) -> Applied | None:
    """Koreksi: change what was verified, with a diff in the history. What the reporter wrote stays."""
    report, fresh = begin(session, actor, form, Action.CORRECT.value, now)
    if not fresh:
        return None
    errors: dict[str, str] = {}
    wanted: dict[str, Any] = {
        "category_id": correction.category_id,
        "classification": correction.classification,
        "area_code": correction.area_code,
    }
    if correction.title is not None:
        wanted["title"] = _cleaned(errors, correction.title, "title", limit=text.TITLE_MAX, lines=False)
    if correction.text is not None:
        wanted["text"] = _cleaned(errors, correction.text, "text", limit=text.REPORT_TEXT_MAX)
    _refuse_masked(errors, report, wanted.get("title"), wanted.get("text"))
    check_references(session, errors, correction.category_id, correction.area_code)
    if errors:
        raise Invalid(errors)
    changes = {
        name: (getattr(report, name), value)
        for name, value in wanted.items()
        if value is not None and value != getattr(report, name)
    }
    texts = {
        f"{name}_{when}": str(value)
        for name, pair in changes.items()
        if name in ("title", "text")
        for when, value in zip(("before", "after"), pair, strict=True)
    }
    codes = {
        name: [_plain(before), _plain(after)]
        for name, (before, after) in changes.items()
        if name not in ("title", "text")
    }
    applied = apply(
        session,
        actor,
        report,
        Action.CORRECT,
        now,
        Carried(
            values={Carry.CHANGES: changes},
            data={"changes": codes},
            texts=texts,
            visibility=Visibility.OFFICERS,
        ),
    )
    for name, (_, after) in changes.items():
        setattr(report, name, after)
    if "classification" in changes:
        clocks.retarget(session, report, now)
    return applied


def _refuse_masked(errors: dict[str, str], report: Report, title: str | None, body: str | None) -> None:
    """A text that somebody read masked does not take the place of the real one."""
    for name, new, old in (("title", title, report.title), ("text", body, report.text)):
        if new and new.count(HIDDEN) > old.count(HIDDEN):
            errors.setdefault(name, MASKED)


def redirect(
    session: Session,
    actor: Actor,
    form: Form,
    agency_id: int | None,
    now: datetime,
    *,
    note: str = "",
    copy_ids: tuple[int, ...] = (),
) -> Applied | None:
    """Ubah Disposisi: an agency in the chain takes the report back and gives it to another below it."""
    report, fresh = begin(session, actor, form, Action.REDIRECT.value, now)
    if not fresh:
        return None
    cleaned = text.clean(note, "text", limit=text.REPORT_TEXT_MAX, required=False)
    applied = apply(
        session,
        actor,
        report,
        Action.REDIRECT,
        now,
        Carried(
            values={Carry.AGENCY: agency_id},
            agency_id=agency_id,
            data={"agency": agency_id, "copies": sorted(copy_ids)},
            texts={"note": cleaned},
        ),
    )
    send_copies(session, actor, report, copy_ids, now)
    return applied


def _plain(value: object) -> object:
    return value.value if isinstance(value, Classification) else value


def check_references(
    session: Session, errors: dict[str, str], category_id: int | None, area_code: str | None
) -> None:
    """Add to `errors` a category that is not offered and an area that is not known."""
    category = None if category_id is None else session.get(Category, category_id)
    if category_id is not None and (category is None or category.retired_at is not None):
        errors["category"] = UNKNOWN_CATEGORY
    if area_code and session.get(Area, area_code) is None:
        errors["area"] = UNKNOWN_AREA


def _cleaned(errors: dict[str, str], value: str, field: str, *, limit: int, lines: bool = True) -> str:
    try:
        return text.clean(value, field, limit=limit, lines=lines)
    except Invalid as refused:
        errors.update(refused.errors)
        return ""
