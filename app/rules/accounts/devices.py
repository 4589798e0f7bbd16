"""What a browser says of itself, in words that its owner recognises."""

from __future__ import annotations

from ua_parser import parse

READ_MAX = 512  # characters of what a browser says: the rest names nothing more
NAME_MAX = 64
UNTOLD = "Other"  # the library's word for what it does not know


def device_names(user_agent: str) -> tuple[str, str]:
    """The browser and the operating system by name; "" for what is not told."""
    told = parse(user_agent[:READ_MAX])
    names = (part.family if part is not None else "" for part in (told.user_agent, told.os))
    browser, system = ("" if name == UNTOLD else name[:NAME_MAX] for name in names)
    return browser, system
