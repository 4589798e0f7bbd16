"""What the address of a list asks for, read strictly: anything else is answered with 400.

Flask-AppBuilder names the arguments: psize_<View>, _oc_<View> with _od_<View> (order), and
_flt_<number>_<column> (filter), the number being the place in the column's list of filters. Instead of
its page numbers, which cost more the further one turns, a page begins after_<View> or ends before_<View>
the row of a key.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import abort
from werkzeug.datastructures import MultiDict

from app.rules.text import SHORT_MAX, key_of, storable

PAGE_SIZE_MAX = 100
FILTERS_MAX = 10
DIGITS_MAX = 4
PREFIXES = ("after_", "before_", "psize_", "_oc_", "_od_")
NO_LONGER = "page_"
FILTER = re.compile(r"_flt_(\d)_(\w+)", re.ASCII)


@dataclass(frozen=True)
class ListArguments:
    """One page of a list: `filters` are (column, number of the filter, value).

    after, before: the key of the row that stands right before or after the page; None: its beginning.
    """

    after: int | None = None
    before: int | None = None
    size: int = 25
    order: str = ""
    direction: str = ""
    filters: tuple[tuple[str, int, str], ...] = ()


def read(
    view: str,
    args: MultiDict[str, str],
    *,
    order_columns: Collection[str],
    filter_counts: Mapping[str, int],
    size: int,
) -> ListArguments:
    """The page that `args` ask of the list `view`. Aborts with 400 for what cannot be meant."""
    for name in args:
        known = name in {prefix + view for prefix in PREFIXES}
        if name.startswith((*PREFIXES, NO_LONGER)) and not known:
            abort(400)
    order, direction = _one(args, f"_oc_{view}"), _one(args, f"_od_{view}")
    if order not in {"", *order_columns} or direction not in {"", "asc", "desc"} or (direction and not order):
        abort(400)
    after, before = _key(_one(args, f"after_{view}")), _key(_one(args, f"before_{view}"))
    if after is not None and before is not None:
        abort(400)
    return ListArguments(
        after=after,
        before=before,
        size=_number(_one(args, f"psize_{view}"), least=1, most=PAGE_SIZE_MAX, default=size),
        order=order,
        direction=direction or ("asc" if order else ""),
        filters=tuple(_filters(args, filter_counts)),
    )


def _one(args: MultiDict[str, str], name: str) -> str:
    values = args.getlist(name)
    if len(values) > 1:
        abort(400)
    return values[0] if values else ""


def _key(raw: str) -> int | None:
    found = key_of(raw)
    if raw and found is None:
        abort(400)
    return found


def _number(raw: str, *, least: int, most: int, default: int) -> int:
    if not raw:
        return default
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= DIGITS_MAX and least <= int(raw) <= most):
        abort(400)
    return int(raw)


def _filters(args: MultiDict[str, str], filter_counts: Mapping[str, int]) -> list[tuple[str, int, str]]:
    found = []
    for name, values in args.lists():
        if not name.startswith("_flt_"):
            continue
        match = FILTER.fullmatch(name)
        if match is None or int(match[1]) >= filter_counts.get(match[2], 0):
            abort(400)
        for value in values:
            if len(value) > SHORT_MAX or storable(value) != value:
                abort(400)
            if value.strip():  # an empty box of the search form asks for nothing
                found.append((match[2], int(match[1]), value.strip()))
    if len(found) > FILTERS_MAX:
        abort(400)
    return found
