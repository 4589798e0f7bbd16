"""Pesan: messages between agencies, in the manual's words (6.13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from app.access.attachments.files import FileFacts, name_of
from app.access.inbox import messages as access
from app.access.inbox.messages import PAGE_SIZE, SHOWN, AgencySide, ConversationLine, WrittenMessage
from app.rules.accounts.roles import Resource
from app.rules.inbox.messages import TEXT_MAX, WANTED_MAX, pieces, pointed_at
from app.rules.text import TITLE_MAX, key_of, storable
from app.services.inbox import messages
from app.services.reports.locked_report import Form
from app.views.attachments.files import File, sent
from app.views.attachments.upload_fields import FilesField
from app.views.forms.agency_fields import AgenciesField
from app.views.forms.move_form import RELOAD, Attempt, MoveForm, attempt
from app.views.web import context

ANNOUNCED = "pengumuman"
MARK = "terbaca"  # the button "Tandai menjadi sudah terbaca"


class WriteForm(MoveForm):
    to_all = BooleanField(_l("Kirim Pesan Ke Seluruh Instansi ?"))
    agencies = AgenciesField(_l("Pilih Instansi Yang Akan dikirim Pesan *"))
    title = StringField(_l("Judul Pesan"))
    text = TextAreaField(_l("Isi Pesan *"))
    files = FilesField(_l("Lampiran"))
    announcement = BooleanField(_l("Apakah merupakan pesan pengumuman?"))

    def draft(self) -> messages.Draft:
        return messages.Draft(
            text=self.text.data or "",
            title=self.title.data or "",
            agency_ids=self.agencies.ids,
            to_all=self.to_all.data,
            announcement=self.announcement.data,
            files=self.files.names,
        )


class MessageAnswerForm(MoveForm):
    text = TextAreaField(_l("Tulis balasan pesan…"))
    files = FilesField(_l("Lampiran"))
    upto = HiddenField()  # the newest post that is shown


@dataclass(frozen=True)
class Piece:
    """A part of a text; `url` where it points at a report that the reader can open."""

    words: str
    url: str


@dataclass(frozen=True)
class ShownConversation:
    """A post on a page."""

    written: WrittenMessage
    pieces: Sequence[Piece]
    files: Sequence[File]


class Messages(BaseView):
    route_base = "/pesan"
    default_view = "list"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {
        "list": "act",
        "write": "act",
        "conversation": "act",
        "broadcast": "act",
        "file": "act",
    }

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        """?jenis=pengumuman announcements to all; ?cari= words; ?setelah= where the page before ended."""
        session, actor = context.reading(), context.actor()
        kind = request.args.get("jenis", "")
        if kind not in ("", ANNOUNCED):
            abort(400)
        wanted = storable(request.args.get("cari", "")).strip()[:WANTED_MAX]
        raw = request.args.get("setelah", "")
        found: Sequence[ConversationLine]
        if kind == ANNOUNCED:
            before = key_of(raw) if raw else None
            found = access.broadcasts(session, actor, wanted=wanted, before=before, limit=PAGE_SIZE + 1)
        else:
            found = access.conversations(
                session, actor, wanted=wanted, after=_place(raw), limit=PAGE_SIZE + 1
            )
        shown = found[:PAGE_SIZE]

        def link(**changes: Any) -> str:
            return url_for("Messages.list", **{"jenis": kind or None, "cari": wanted or None, **changes})

        last = shown[-1] if shown else None
        further = (str(last.id) if kind else f"{last.last_id}.{last.id}") if last else None
        return self.render_template(
            "lapor/inbox/messages.html",
            lines=shown,
            tabs=[
                (_("Percakapan"), url_for("Messages.list", cari=wanted or None), kind == ""),
                (
                    _("Pengumuman"),
                    url_for("Messages.list", jenis=ANNOUNCED, cari=wanted or None),
                    kind == ANNOUNCED,
                ),
            ],
            kind=kind,
            wanted=wanted,
            url=lambda each: url_for("Messages.broadcast" if kind else "Messages.conversation", key=each.id),
            first=link() if raw else "",
            next=link(setelah=further) if len(found) > PAGE_SIZE else "",
        )

    @expose("/tulis/", methods=["GET", "POST"])
    @has_access
    def write(self) -> ResponseReturnValue:
        """Tulis Pesan."""
        session, actor, form, tried = context.reading(), context.actor(), WriteForm(), Attempt(200)
        form.agencies.among = access.addressees(session, actor)
        if request.method == "GET":
            form.prepare(0)
        else:
            settled = form.settle(session, None)
            if RELOAD not in request.form:
                tried = (
                    attempt(form, None, lambda s, sealed: _send(s, sealed, form)) if settled else Attempt(422)
                )
        if tried.done:
            flash(_("Pesan terkirim."), "success")
            return redirect(url_for("Messages.list", jenis=ANNOUNCED if form.to_all.data else None), 303)
        page = self.render_template(
            "lapor/inbox/message_write.html", form=form, limit=TEXT_MAX, title_limit=TITLE_MAX
        )
        return page, tried.status

    @expose("/<key>/", methods=["GET", "POST"])
    @has_access
    def conversation(self, key: str) -> ResponseReturnValue:
        """A conversation with BALAS, or an announcement to this agency; POST answers or marks it as read."""
        session, actor, form = context.reading(), context.actor(), MessageAnswerForm()
        side = access.side_of(session, actor, key_of(key))
        number, here = side.conversation.id, url_for("Messages.conversation", key=side.conversation.id)
        tried = Attempt(200)
        if request.method == "POST" and MARK in request.form:
            tried = attempt(
                form,
                None,
                lambda s, _sealed: messages.mark_read(
                    s, actor, number, key_of(form.upto.data) or 0, context.now()
                ),
            )
            if tried.done:
                flash(_("Pesan ditandai sudah terbaca untuk seluruh admin instansi Anda."), "success")
                return redirect(here, 303)
        elif request.method == "POST":
            # Not an attempt to upload what nobody may answer.
            settled = side.conversation.announcement or form.settle(session, None)
            tried = attempt(form, None, lambda s, f: _answer(s, f, number, form)) if settled else Attempt(422)
            if tried.done:
                flash(_("Balasan terkirim."), "success")
                return redirect(here, 303)
        return self._conversation(number, form, tried)

    def _conversation(self, number: int, form: MessageAnswerForm, tried: Attempt) -> ResponseReturnValue:
        session, actor = context.reading(), context.actor()
        side: AgencySide = access.side_of(session, actor, number)
        if request.method == "GET":
            form.prepare(0)
        form.upto.data = str(side.state.last_post_id)
        raw = request.args.get("sebelum", "")
        before = (key_of(raw) or abort(400)) if raw else None
        written = access.posts(session, actor, side, before=before, limit=SHOWN + 1)
        shown = written[-SHOWN:]
        page = self.render_template(
            "lapor/inbox/conversation.html",
            title=side.title or _("Pesan"),
            other=side.other,
            announcement=side.conversation.announcement,
            closed=not side.other_active,
            unread=side.state.unread,
            read_by=side.read_by,
            read_at=side.state.read_at,
            posts=_shown(session, shown),
            earlier=url_for("Messages.conversation", key=number, sebelum=shown[0].post.id)
            if len(written) > SHOWN
            else "",
            newest=url_for("Messages.conversation", key=number) if before else "",
            form=form,
            limit=TEXT_MAX,
        )
        return page, tried.status

    @expose("/pengumuman/<key>/", methods=["GET", "POST"])
    @has_access
    def broadcast(self, key: str) -> ResponseReturnValue:
        """An announcement to all below its sender; POST marks it as read."""
        session, actor, form = context.reading(), context.actor(), MessageAnswerForm()
        found = access.broadcast(session, actor, key_of(key))
        if request.method == "POST":
            number = found.written.post.id
            if attempt(
                form, None, lambda s, _sealed: messages.mark_broadcast(s, actor, number, context.now())
            ).done:
                flash(_("Pesan ditandai sudah terbaca untuk seluruh admin instansi Anda."), "success")
                return redirect(url_for("Messages.broadcast", key=number), 303)
        return self.render_template(
            "lapor/inbox/conversation.html",
            title=found.written.post.title or _("Pengumuman"),
            other=found.written.agency,
            announcement=True,
            to_all=True,
            unread=found.unread,
            read_by=found.read_by,
            read_at=found.read_at,
            posts=_shown(session, [found.written]),
            form=form,
            limit=TEXT_MAX,
        )

    @expose("/lampiran/<key>")
    @has_access
    def file(self, key: str) -> ResponseReturnValue:
        file = access.get_file(context.reading(), context.actor(), key_of(key))
        return sent(file, name_of(file))


def _place(raw: str) -> tuple[int, int] | None:
    """Where a page of conversations ended: "post.conversation"."""
    if not raw:
        return None
    first, _dot, second = raw.partition(".")
    post, conversation = key_of(first), key_of(second)
    return (post, conversation) if post and conversation else abort(400)


def _send(session: Session, sealed: Form, form: WriteForm) -> object:
    return messages.send(session, context.actor(), form.draft(), context.now(), key=sealed.key)


def _answer(session: Session, sealed: Form, number: int, form: MessageAnswerForm) -> object:
    return messages.answer(
        session,
        context.actor(),
        number,
        form.text.data or "",
        context.now(),
        files=form.files.names,
        key=sealed.key,
    )


def _shown(session: Session, written: Collection[WrittenMessage]) -> Sequence[ShownConversation]:
    """Posts with their files, and with links to the reports that this reader can open at this moment."""
    opens = access.openable(session, context.actor(), pointed_at(each.post.text for each in written))
    files: Mapping[int, Sequence[FileFacts]] = access.files_of(session, [each.post.id for each in written])
    return [
        ShownConversation(
            each,
            [
                Piece(words, url_for("ReportPage.show", report_id=number) if number in opens else "")
                for words, number in pieces(each.post.text)
            ],
            [_file(file) for file in files[each.post.id]],
        )
        for each in written
    ]


def _file(file: FileFacts) -> File:
    return File.of(file, url_for("Messages.file", key=file.id))
