"""The history of one report, read: its events with who acted, and what people wrote with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from app.access.attachments.files import LISTED, FileFacts
from app.models import (
    Account,
    Agency,
    ArchiveReason,
    Area,
    Attachment,
    Category,
    Comment,
    Event,
    EventText,
    FileState,
    FollowUp,
    Reply,
)
from app.rules.reports.codes import EventKind


@dataclass(frozen=True)
class Happened:
    """One event. agency, behalf, officer, to: names, "" where there is none. text: what it added.

    secret: a follow-up for the reporter and officers alone. gone: the agency whose place another one took. copies: agencies that got one. changes: what
    a correction changed, (column, before, after), by name where it has one. notes: reasons, answers, texts before and
    after, by the name under which they are kept.
    """

    event: Event
    agency: str
    behalf: str
    officer: str
    to: str
    text: str
    secret: bool
    gone: str = ""
    copies: Sequence[str] = ()
    changes: Sequence[tuple[str, object, object]] = ()
    files: Sequence[FileFacts] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


def history(session: Session, report_id: int) -> list[Happened]:
    """Every event of a report, oldest first, in a fixed number of queries. The caller has fetched the
    report through the scope."""
    behalf, officer = aliased(Agency), aliased(Account)
    rows = session.execute(
        select(Event, Agency.name, behalf.name, officer)
        .outerjoin(Agency, Agency.id == Event.agency_id)
        .outerjoin(behalf, behalf.id == Event.on_behalf_of_id)
        # Officers alone: a reporter's name is not in the history.
        .outerjoin(officer, (officer.id == Event.user_id) & Event.agency_id.is_not(None))
        .where(Event.report_id == report_id)
        .order_by(Event.seq)
    ).all()
    written, notes, files = _written(session, report_id)
    names = _names(session, [row[0].data for row in rows])
    found = []
    for event, agency, on_behalf, account in rows:
        data: Mapping[str, Any] = event.data
        what = next((kind for kind in ADDS if kind in data), "")
        added = written.get((what, data.get(what)), NOTHING)
        came_with = (what, added.key) if what else ("report", report_id)
        carries_files = what or event.kind is EventKind.RECEIVED
        found.append(
            Happened(
                event,
                agency or "",
                on_behalf or "",
                account.get_full_name() if account else "",
                names.get(("agency", str(data.get("agency"))))
                or names.get(("reason", str(data.get("reason"))), ""),
                added.text,
                secret=added.secret,
                gone=names.get(("agency", str(data.get("from"))), ""),
                copies=[names["agency", str(key)] for key in data.get("copies", ())],
                changes=[
                    (column, *(names.get((column, str(value)), value) for value in pair))
                    for column, pair in data.get("changes", {}).items()
                ],
                files=files.get(came_with, ()) if carries_files else (),
                notes=notes.get(event.seq, {}),
            )
        )
    return found


@dataclass(frozen=True)
class WrittenText:
    key: int
    text: str
    secret: bool


NOTHING = WrittenText(0, "", secret=False)


# What an event adds, by the key in its data that says which one it was.
ADDS = ("follow_up", "reply", "comment")


# What a file came with: a follow-up, a reply, a comment, or the report itself; and its key.
Parent = tuple[str, int]
Notes = Mapping[int, dict[str, str]]


def _written(
    session: Session, report_id: int
) -> tuple[Mapping[tuple[str, int | None], WrittenText], Notes, Mapping[Parent, list[FileFacts]]]:
    """What people wrote and sent, in one query: follow-ups, replies and comments that moderation has not
    hidden, by kind and number; the notes of each event, by its seq and their name; the ready files."""
    never, nothing, none = literal(False), literal(""), literal(0)
    no_file = (literal(0), literal(""))
    parent = case(
        (Attachment.follow_up_id.is_not(None), "file:follow_up"),
        (Attachment.reply_id.is_not(None), "file:reply"),
        (Attachment.comment_id.is_not(None), "file:comment"),
        else_="file:report",
    )
    parent_key = func.coalesce(
        Attachment.follow_up_id, Attachment.reply_id, Attachment.comment_id, Attachment.report_id
    )
    rows = session.execute(
        union_all(
            select(
                literal("follow_up"),
                FollowUp.seq,
                FollowUp.id,
                nothing,
                FollowUp.text,
                FollowUp.is_secret,
                none,
                *no_file,
            ).where(FollowUp.report_id == report_id),
            select(literal("reply"), Reply.seq, Reply.id, nothing, Reply.text, never, none, *no_file).where(
                Reply.report_id == report_id
            ),
            select(
                literal("comment"), Comment.id, Comment.id, nothing, Comment.text, never, none, *no_file
            ).where(Comment.report_id == report_id, Comment.hidden_at.is_(None)),
            select(
                literal("note"), EventText.seq, none, EventText.name, EventText.text, never, none, *no_file
            ).where(EventText.report_id == report_id),
            select(
                parent,
                parent_key,
                Attachment.id,
                Attachment.content_type,
                Attachment.original_name,
                never,
                Attachment.size,
                Attachment.number,
                cast(Attachment.state, String),
            ).where(Attachment.report_id == report_id, Attachment.state.in_(LISTED)),
        )
    )
    written: dict[tuple[str, int | None], WrittenText] = {}
    notes: dict[int, dict[str, str]] = {}
    files: dict[Parent, list[FileFacts]] = {}
    for kind, number, key, name, text, secret, size, file_number, state in rows:
        if kind == "note":
            notes.setdefault(number, {})[name] = text
        elif kind.startswith("file:"):
            came_with = (kind.removeprefix("file:"), number)
            files.setdefault(came_with, []).append(
                FileFacts.of(key, report_id, text, file_number, name, size, FileState(state))
            )
        else:
            written[kind, number] = WrittenText(key, text, secret=bool(secret))
    for found in files.values():
        found.sort(key=lambda file: file.id)
    return written, notes, files


def _names(session: Session, data: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, str], str]:
    """The names of what the codes in events' data stand for, by (kind, code), in one query."""
    agencies = {
        key for each in data for key in (each.get("agency"), each.get("from"), *each.get("copies", ())) if key
    }
    changed = {
        column: {value for each in data for value in each.get("changes", {}).get(column, ()) if value}
        for column in ("category_id", "area_code")
    }
    reasons = {each["reason"] for each in data if each.get("reason")}
    parts = [
        select(literal(kind), cast(code, String), name).where(code.in_(wanted))
        for kind, code, name, wanted in (
            ("agency", Agency.id, Agency.name, agencies),
            ("category_id", Category.id, Category.name, changed["category_id"]),
            ("area_code", Area.code, Area.name, changed["area_code"]),
            ("reason", ArchiveReason.code, ArchiveReason.name, reasons),
        )
        if wanted
    ]
    if not parts:
        return {}
    return {(kind, code): name for kind, code, name in session.execute(union_all(*parts))}
