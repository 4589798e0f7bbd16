"""Notifikasi: the bell's list, its settings, and the numbers that an open page asks for (manual 6.12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField

from app.access.inbox.badges import badges
from app.access.inbox.notifications import PAGE_SIZE, BellItem, newest, settings_of
from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.rules.errors import Invalid
from app.rules.inbox.notifications import MAILINGS, NOTICES, SETTINGS, Mailing, NoticeGroup
from app.rules.reports.notice_kinds import NoticeKind
from app.rules.text import key_of
from app.services.inbox import notifications
from app.views.web import context

LATEST = 6  # below the bell


@dataclass(frozen=True)
class BellLine:
    """A notification as a list shows it."""

    url: str
    said: str
    title: str
    agency: str
    at: datetime
    unread: bool


def line(item: BellItem) -> BellLine:
    notification = item.notification
    return BellLine(
        url_for("Notifications.open", key=notification.id),
        _(NOTICES[notification.kind].said, id=notification.report_id),
        item.title,
        item.agency if NOTICES[notification.kind].content else "",
        notification.at,
        notification.read_at is None,
    )


class ReadForm(FlaskForm):
    upto = HiddenField()


class Notifications(BaseView):
    route_base = "/notifikasi"
    default_view = "list"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {
        "list": "read",
        "latest": "read",
        "counts": "read",
        "settings": "read",
        "open": "read",
    }

    @expose("/", methods=["GET", "POST"])
    @has_access
    def list(self) -> ResponseReturnValue:
        """Lihat Semuanya: ?jenis= one kind alone, ?sebelum= after the one of that key. POST marks all as read."""
        form = ReadForm()
        if request.method == "POST" and form.validate():
            with transaction(context.actor()) as session:
                notifications.read_all(session, context.actor(), key_of(form.upto.data) or 0, context.now())
            flash(_("Semua notifikasi ditandai sudah dibaca."), "success")
            return redirect(url_for("Notifications.list"), 303)
        raw = request.args.get("jenis", "")
        kind = NoticeKind(raw) if raw in set(NoticeKind) else None
        if raw and kind is None:
            abort(400)
        before = key_of(request.args.get("sebelum"))
        found = newest(context.reading(), context.actor(), kind=kind, before=before, limit=PAGE_SIZE + 1)
        shown = found[:PAGE_SIZE]
        newest_key = max((item.notification.id for item in shown), default=0)
        form.upto.data = str(newest_key) if newest_key and before is None else ""
        older: dict[str, Any] = {
            "jenis": raw or None,
            "sebelum": shown[-1].notification.id if shown else None,
        }
        return self.render_template(
            "lapor/inbox/notifications.html",
            lines=[line(item) for item in shown],
            form=form,
            kinds=[(each.value, _(notice.name)) for each, notice in NOTICES.items()],
            kind=raw,
            first=url_for("Notifications.list", jenis=raw or None) if before is not None else "",
            next=url_for("Notifications.list", **older) if len(found) > PAGE_SIZE else "",
        ), 422 if request.method == "POST" else 200

    @expose("/terbaru/")
    @has_access
    def latest(self) -> ResponseReturnValue:
        """What the bell opens: the newest, and the way to all of them."""
        found = newest(context.reading(), context.actor(), limit=LATEST)
        return self.render_template(
            "lapor/inbox/notifications_latest.html", lines=[line(item) for item in found]
        )

    @expose("/jumlah")
    @has_access
    def counts(self) -> ResponseReturnValue:
        """How many are unread, {notifications, messages}: asked once a minute by a page that is looked at."""
        found = badges(context.reading(), context.actor())
        answer = jsonify({"notifications": found.notifications, "messages": found.messages})
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @expose("/pengaturan/", methods=["GET", "POST"])
    @has_access
    def settings(self) -> ResponseReturnValue:
        """Per group: a mail at once, one a day, or none."""
        actor, form, errors = context.actor(), FlaskForm(), {}
        chosen: Mapping[NoticeGroup, str] = settings_of(context.reading(), actor.user_id)
        if request.method == "POST" and form.validate():
            chosen = {group: request.form.get(group.value, "") for group in SETTINGS}
            try:
                with transaction(actor) as session:
                    notifications.choose(session, actor, chosen)
            except Invalid as refused:
                errors = refused.errors
            else:
                flash(_("Pengaturan notifikasi disimpan."), "success")
                return redirect(url_for("Notifications.settings"), 303)
        return self.render_template(
            "lapor/inbox/notification_settings.html",
            form=form,
            groups=[
                (group.value, _(setting.name), _(setting.hint), chosen[group], errors.get(group.value))
                for group, setting in SETTINGS.items()
            ],
            mailings=[(mailing.value, _(MAILINGS[mailing])) for mailing in Mailing],
        ), 422 if request.method == "POST" else 200

    @expose("/<key>/")
    @has_access
    def open(self, key: str) -> ResponseReturnValue:
        """Mark one as read and lead to what it is about."""
        with transaction(context.actor()) as session:
            item = notifications.open_one(session, context.actor(), key_of(key), context.now())
            return redirect(_leads_to(item))


def _leads_to(item: BellItem) -> str:
    notification = item.notification
    if item.opens:
        return url_for("ReportPage.show", report_id=notification.report_id)
    if notification.report_id is not None:
        return url_for("Desk.former")
    return url_for("Account.show") if notification.kind is NoticeKind.ACCOUNT else url_for("Desk.manage")
