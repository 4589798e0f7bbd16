"""How much a request may bring, refused before anything of it is read apart.

Forms hold texts; files are taken where they are asked for, and nowhere else.
"""

from __future__ import annotations

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

KILOBYTE = 1024
TEXTS_MAX = 256 * KILOBYTE  # eight times the longest text that any form takes
FIELDS_MAX = 2_000
PARTS_MAX = 500  # of a form with files
MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"
# The addresses whose forms have a field for files.
TAKES_FILES = frozenset(
    {
        "PublicFiling.file",
        "OwnReports.act",
        "SecretLink.act",
        "Handling.follow_up",
        "Handling.comment",
        "Recording.new",
        "Recording.complete",
        "Recording.reply",
        "Messages.write",
        "Messages.conversation",
        "Messages.broadcast",
        "SheetImports.list",
        "api.send_files",
    }
)


def init_app(app: Flask) -> None:
    @app.before_request
    def bound() -> None:
        """Raises RequestEntityTooLarge. Comes before whatever looks into the form (CSRF)."""
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return
        files = request.endpoint in TAKES_FILES and request.mimetype == MULTIPART
        most = int(current_app.config["MAX_CONTENT_LENGTH"]) if files else TEXTS_MAX
        request.max_content_length = most
        request.max_form_parts = PARTS_MAX
        if (request.content_length or 0) > most:
            raise RequestEntityTooLarge
        # Counting is cheap; taking apart a hundred thousand empty fields is not.
        if request.mimetype == URLENCODED and request.get_data(cache=True).count(b"&") >= FIELDS_MAX:
            raise RequestEntityTooLarge
