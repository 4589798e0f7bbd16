"""Where a page may lead back to: a path on this site, and nothing that a browser could take for another.

The one function for every address that comes from outside: `next`, a form's `back`, a referrer.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote, urlsplit

PATH_MAX = 2_000
SLASHES = "\\\uff0f\uff3c\u2044\u2215\u29f8\u29f5\u29f9\ufe68"  # what is drawn, or read by some, as a slash


def local_path(wanted: object) -> str:
    """`wanted` if it is a path on this site (with its query), else ""."""
    if not isinstance(wanted, str) or not wanted.startswith("/") or len(wanted) > PATH_MAX:
        return ""
    # As it stands, and as somebody on the way might decode it.
    decoded = unquote(wanted)
    return wanted if all(_plain(each) for each in (wanted, decoded, unquote(decoded))) else ""


def path_of(address: object, host: str) -> str:
    """The path of an absolute `address` of `host`, as a referrer has it, if it is a local_path(); else ""."""
    if not isinstance(address, str):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or parts.netloc != host:
        return ""
    return local_path(parts.path + (f"?{parts.query}" if parts.query else ""))


def _plain(text: str) -> bool:
    path = text.partition("?")[0].partition("#")[0]
    strange = any(unicodedata.category(char)[0] == "C" or char in "\u2028\u2029" for char in text)
    if strange or any(char in SLASHES or char.isspace() for char in path) or "//" in path:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
