"""Each column of codes allows in the database exactly what its enumeration has, on both databases."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import Enum, inspect

from app.extensions import db
from app.models import Model


def allowed(column: str, check: str) -> set[str] | None:
    """The codes that a CHECK of nothing but `column IN (…)` lists, as either database writes it; else None."""
    bare = re.sub(r"::(?:character varying|text)(?:\(\d+\))?(?:\[\])?", "", check).replace('"', "")
    listed = re.fullmatch(
        rf"\(*{column}\)*\s*(?:IN\s*\(|=\s*ANY\s*\(+\s*ARRAY\s*\[)(?P<codes>[^()\[\]]*)[)\]\s]*", bare.strip()
    )
    one = re.fullmatch(rf"\(*{column}\)*\s*=\s*(?P<codes>'[^']*')\)*", bare.strip())
    found = listed or one
    return set(re.findall(r"'([^']*)'", found["codes"])) if found else None


def test_every_check_lists_its_enumeration(app: Flask) -> None:
    wrong, seen = [], 0
    with app.app_context():
        inspector = inspect(db.engine)
        for table in Model.metadata.tables.values():
            coded = [column for column in table.columns if isinstance(column.type, Enum)]
            checks = (
                [check["sqltext"] for check in inspector.get_check_constraints(table.name)] if coded else []
            )
            for column in coded:
                listed = [codes for check in checks if (codes := allowed(column.name, check)) is not None]
                seen += 1
                if set(column.type.enums) not in listed:
                    wrong.append((f"{table.name}.{column.name}", listed))
    assert wrong == [], "the last migration allows other codes than the enumeration has"
    assert seen > 30
