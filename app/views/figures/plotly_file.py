"""Plotly's script for browsers, from the installed package: offline, with its version in the name.

It is copied once into the instance's folder, beside a packed copy, a third of its size, which WhiteNoise
sends to every browser that takes it.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PREFIX = "plotly/"
NAME = f"plotly-{version('plotly')}.min.js"

# The bundle puts the style sheet of its street maps into every page that lacks an element of this name.
STYLE = re.compile(r'getElementById\("([0-9a-f]{64})"\)')


def _source() -> Path:
    spec = find_spec("plotly")
    assert spec is not None, "plotly is a dependency"
    assert spec.submodule_search_locations is not None, "plotly is a package"
    return Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js"


@lru_cache(maxsize=1)
def unwanted_styles() -> tuple[str, ...]:
    """Names of style elements that a page has ready, empty: our policy forbids what the script would write."""
    return tuple(sorted(set(STYLE.findall(_source().read_text(encoding="utf-8")))))


def prepare(instance: Path) -> Path:
    """The folder with the script and its packed copy. Several processes may do this at the same time."""
    source = _source()
    folder = instance / "plotly"
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / NAME
    if not (plain.exists() and plain.stat().st_size == source.stat().st_size):
        mine = folder / f".{os.getpid()}"
        shutil.copyfile(source, mine)
        packed = folder / f".{os.getpid()}.gz"
        packed.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))
        packed.replace(folder / f"{NAME}.gz")
        mine.replace(plain)
    return folder
