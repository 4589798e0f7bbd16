"""Mails of an installation without a mail server: files in a folder, read here. Never in production."""

from __future__ import annotations

import re

from flask import abort, current_app
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access

from app.rules.accounts.roles import Resource
from app.services.inbox.mail.carriers import FolderCarrier

SHOWN = 50
ADDRESS = re.compile(r"(https?://[^\s)]+)")


class Mailbox(BaseView):
    route_base = "/pengaturan/surat"
    default_view = "list"
    class_permission_name = Resource.SETTINGS.value
    method_permission_name = {"list": "read", "show": "read"}

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        return self.render_template("lapor/inbox/mailbox.html", letters=[*self._folder().letters(SHOWN)])

    @expose("/<int:number>/")
    @has_access
    def show(self, number: int) -> ResponseReturnValue:
        message = self._folder().read(number)
        if message is None:
            abort(404)
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        assert text is not None, "every letter has both forms"
        assert html is not None, "every letter has both forms"
        own = current_app.config["LAPOR"].site_url
        return self.render_template(
            "lapor/inbox/letter.html",
            message=message,
            # Every second part is an address; only those of this site become links.
            parts=[
                (part, bool(n % 2) and part.startswith(own))
                for n, part in enumerate(ADDRESS.split(text.get_content()))
            ],
            html=html.get_content(),
        )

    def _folder(self) -> FolderCarrier:
        folder = current_app.config["LAPOR"].mail_folder
        return FolderCarrier(folder) if folder is not None else abort(404)
