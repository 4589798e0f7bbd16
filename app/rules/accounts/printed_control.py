"""The table of rules/accounts/control.py in words, for docs/security.md: printed from WAYS, so that the page cannot lie.

`python -m app.rules.accounts.printed_control` writes it anew between the page's two markers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.rules.accounts.control import WAYS, Ends, May, WayOfControl

PAGE = Path(__file__).parents[3] / "docs" / "security.md"
BEGIN, END = "<!-- control:begin -->", "<!-- control:end -->"
NOTHING = "–"
COLUMNS = ("way", "who may", "who is told, by which letter", "what ends", "besides")

WHO: Mapping[May, str] = {
    May.OWNER: "the owner, signed in, with the present password",
    May.SIGNED_IN: "the owner, signed in",
    May.HOLDER: "whoever reads the letter or text message to the account's address",
    May.HOLDER_WITH_PASSWORD: "whoever reads the letter to the account's address and knows its password",
    May.OLD_HOLDER: "whoever reads the letter to the address before the change",
    May.MANAGER: "managers of the agency or of one above it, with roles that they give themselves",
    May.CENTRAL: "central admins",
    May.SERVER: "whoever runs commands on the server",
    May.ANYBODY: "anybody",
}
ENDED: Mapping[Ends, str] = {
    Ends.SESSIONS: "sessions and tokens",
    Ends.LINKS: "mailed links, but for undoings and invitations",
}


def control_table() -> str:
    """The table as Markdown, a row for each way."""
    lines = [COLUMNS, ("---",) * len(COLUMNS), *(_cells(way) for way in WAYS)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def refreshed(page: str) -> str:
    """`page` with the table of now between its markers. Raises ValueError where they are missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the page needs the lines {BEGIN} and {END}, once each and in this order")
    return f"{before}{begin}\n{control_table()}\n{end}{after}"


def main(page: Path = PAGE) -> None:
    """Write the page's table anew, in place."""
    page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


def _cells(way: WayOfControl) -> tuple[str, ...]:
    told = ", ".join(f"`{topic}`" for topic in way.told)
    bell = "the owner's bell" if way.bell else ""
    return (
        way.title,
        WHO[way.may],
        ", ".join(part for part in (told, bell) if part) or NOTHING,
        ", ".join(ENDED[each] for each in Ends if each in way.ends) or NOTHING,
        way.besides or NOTHING,
    )


if __name__ == "__main__":
    main()
