"""An Atom feed (RFC 4287), made by the XML library so that no text can end its element."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as Tree

NAMESPACE = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold; a database can.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class AtomEntry:
    """address: absolute; author: an agency."""

    address: str
    title: str
    summary: str
    at: datetime
    author: str
    category: str


def atom(title: str, site: str, own: str, items: Sequence[AtomEntry]) -> str:
    """The feed as a document; `own` is its own address, `site` that of the page it follows."""
    Tree.register_namespace("", NAMESPACE)
    feed = Tree.Element(f"{{{NAMESPACE}}}feed")
    _add(feed, "title", title)
    _add(feed, "id", own)
    _add(feed, "link", rel="self", href=own)
    _add(feed, "link", href=site)
    _add(feed, "updated", max((_time(item.at) for item in items), default=NEVER))
    for item in items:
        entry = _add(feed, "entry")
        _add(entry, "title", item.title)
        _add(entry, "id", item.address)
        _add(entry, "link", href=item.address)
        _add(entry, "updated", _time(item.at))
        _add(_add(entry, "author"), "name", item.author)
        if item.category:
            _add(entry, "category", term=item.category)
        _add(entry, "summary", item.summary)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Tree.tostring(feed, encoding="unicode")


def _add(parent: Tree.Element, name: str, text: str | None = None, **attributes: str) -> Tree.Element:
    cleaned = {key: FORBIDDEN.sub("", value) for key, value in attributes.items()}
    made = Tree.SubElement(parent, f"{{{NAMESPACE}}}{name}", cleaned)
    made.text = FORBIDDEN.sub("", text) if text is not None else None
    return made


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
