"""Addresses of our static files: each changes with what it leads to, so that a browser may keep what it has.

A style sheet or picture carries its own fingerprint behind its name. Scripts are modules that import each
other by relative addresses, which could carry none: their folder is served under a name that changes when
any of them does, so that a page never gets modules of two versions.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import current_app, url_for

SCRIPTS = "lapor/scripts/"


@lru_cache(maxsize=64)
def fingerprint(folder: str, name: str) -> str:
    return hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:10]


@lru_cache(maxsize=4)
def scripts_folder(folder: str) -> str:
    """Under which name below static/ the modules are served."""
    every = hashlib.sha256()
    for path in sorted((Path(folder) / SCRIPTS).glob("*.js")):
        every.update(f"{path.name}\0{fingerprint(folder, SCRIPTS + path.name)}\0".encode())
    return f"scripts-{every.hexdigest()[:10]}/"


def asset(name: str) -> str:
    """The address of a static file of ours."""
    folder = current_app.static_folder or ""
    if name.startswith(SCRIPTS):
        return url_for("static", filename=scripts_folder(folder) + name.removeprefix(SCRIPTS))
    return url_for("static", filename=name, v=fingerprint(folder, name))
