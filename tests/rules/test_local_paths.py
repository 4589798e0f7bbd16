"""Where a page may lead back to."""

from __future__ import annotations

import pytest

from app.rules.local_paths import PATH_MAX, local_path, path_of


@pytest.mark.parametrize(
    "wanted", ["/", "/laporan/7/?tab=a b#isi", "/a?next=//x", "/%20x?", "/" + "x" * (PATH_MAX - 1)]
)
def test_a_path_of_this_site(wanted: str) -> None:
    allowed = wanted if wanted != "/%20x?" else ""  # a blank in the path, once it is decoded
    assert local_path(wanted) == allowed


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        7,
        "",
        "laporan",
        "https://x.example/",
        "//x.example",
        "/\\x.example",
        "/%2fx.example",
        "/%252fx.example",
        "/a//b",
        "/a\tb",
        "/a?x\n",
        "/a?x\u2028",
        "/a?x\u2029",
        "/\uff0fx",
        "/" + "x" * PATH_MAX,
    ],
)
def test_nothing_else(wanted: object) -> None:
    assert local_path(wanted) == ""


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://desk.example/a?b=1", "/a?b=1"),
        ("http://desk.example/a#c", "/a"),
        ("ftp://desk.example/a", ""),
        ("https://lain.example/a", ""),
        ("https://[desk.example/a", ""),
        ("https://desk.example//x", ""),
        (None, ""),
    ],
)
def test_the_path_of_a_referrer(address: object, path: str) -> None:
    assert path_of(address, "desk.example") == path
