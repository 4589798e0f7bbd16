"""Links with a secret in them: the secret stands behind the #, which no browser sends to any server.

So it is in no log of a server or proxy, and in no referrer. Links of before carried it in their path.
"""

from __future__ import annotations

HANDLE_MAX = 20  # characters: what is longer was a token in the path of an address
TOKEN_MAX = 128  # characters that are looked at
TYPED_MAX = 2_000
AROUND = " \t\r\n<>()[]\"'.,;"  # what mail programs and people leave around a link


def secret_address(site_url: str, word: str, token: str) -> str:
    """The link to what `token` opens: `site_url` without a slash at its end, and the first word of the path."""
    return f"{site_url}/{word}/#{token}"


def token_in(typed: object) -> str:
    """The token in what somebody pasted: a whole link, new or of before, or the token alone; "" for none."""
    text = str(typed or "")[:TYPED_MAX].strip(AROUND)
    if "#" in text:
        text = text.rpartition("#")[2]
    elif "/" in text:
        text = text.partition("?")[0].rstrip("/").rpartition("/")[2]
    return text.strip(AROUND)[:TOKEN_MAX]


def is_token(part: str) -> bool:
    """Whether this part of an address is a token, as links of before had it there, and no handle."""
    return len(part) > HANDLE_MAX
