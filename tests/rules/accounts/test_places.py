"""Places as limits count them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.rules.accounts.places import UNKNOWN, place

APP = Path(__file__).parents[3] / "app"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::FFFF:c000:0207", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", UNKNOWN),
        (None, UNKNOWN),
        ("unix:", UNKNOWN),
        ("192.0.2.7:443", UNKNOWN),
        ("192.0.2.007", UNKNOWN),
    ],
)
def test_a_place(address: str | None, found: str) -> None:
    assert place(address) == found


def test_27_addresses_of_one_network_are_one_place() -> None:
    assert len({place(f"2001:db8:aa:bb::{number:x}") for number in range(1, 28)}) == 1


def test_nobody_else_reads_where_a_request_comes_from() -> None:
    """app/views/web/limiting.py alone: use its here()."""
    readers = {
        str(path.relative_to(APP))
        for path in APP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ("remote_addr", "access_route"))
        or (
            isinstance(node, ast.Constant)
            and node.value in ("REMOTE_ADDR", "X-Forwarded-For", "HTTP_X_FORWARDED_FOR")
        )
    }
    assert readers == {"views/web/limiting.py"}
