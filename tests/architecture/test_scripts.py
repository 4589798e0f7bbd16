"""The modules that browsers read: served as they are, below a name that changes with any of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

from flask import Flask

from app.views.web.assets import SCRIPTS, scripts_folder
from tests.support.http import Person

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "app" / "static"
TEMPLATES = ROOT / "app" / "templates"
IMPORT = re.compile(r"""^\s*(?:import|export)\b[^;"']*["']([^"']+)["'];""", re.MULTILINE)
A_DAY = "max-age=86400"


def modules() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (STATIC / SCRIPTS).glob("*.js")}


def test_every_import_names_a_module_beside_it() -> None:
    """Anything else (a bare name, a root's address, a query) would miss the folder's changing name."""
    there = modules()
    wrong = {
        (name, address)
        for name, text in there.items()
        for address in IMPORT.findall(text)
        if not (address.startswith("./") and address[2:] in there)
    }
    assert wrong == set()
    assert not any("import(" in text for text in there.values()), "a page has all its modules when it is read"


def test_every_module_is_read_by_a_page_or_a_module() -> None:
    there = modules()
    imported = {address[2:] for text in there.values() for address in IMPORT.findall(text)}
    pages = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    entries = set(re.findall(rf'<script type="module" src="{{{{ asset\(\'{SCRIPTS}([\w-]+\.js)\'\)', pages))
    assert entries & imported == set(), "a module that a page names runs once, under one address"
    assert entries | imported == set(there)
    # A script outside of the folder would have no version, and none inside runs but as a module.
    assert pages.count(SCRIPTS) == len(
        re.findall(rf'<script type="module" src="{{{{ asset\(\'{SCRIPTS}', pages)
    )
    assert [path for path in STATIC.rglob("*.js") if path.parent != STATIC / SCRIPTS] == []


def test_a_page_gets_its_modules_and_all_that_they_import(
    app: Flask, sign_in: Callable[[str | None], Person]
) -> None:
    officer = sign_in("a")
    page = officer.get("/akun/").get_data(as_text=True)
    waiting = re.findall(r'<script type="module" src="([^"]+)"', page)
    assert len(waiting) > 2
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        with officer.client.get(address) as answer:
            assert answer.status_code == 200, address
            assert answer.headers["Content-Type"].startswith("text/javascript"), address
            assert A_DAY in answer.headers["Cache-Control"], address
            waiting += [urljoin(address, each) for each in IMPORT.findall(answer.get_data(as_text=True))]
    assert len(seen) > len(re.findall(r'<script type="module"', page))
    old = next(iter(seen)).replace("/scripts-", "/scripts-0")
    assert officer.client.get(old).status_code == 404, "modules of two versions never meet on a page"


def test_the_folder_has_another_name_when_a_module_changes(tmp_path: Path) -> None:
    names = set()
    for number, change in enumerate((None, "menus.js", "html.js")):
        folder = tmp_path / str(number)
        shutil.copytree(STATIC, folder)
        if change:
            with (folder / SCRIPTS / change).open("a", encoding="utf-8") as module:
                module.write("\n")
        names.add(scripts_folder(str(folder)))
    assert len(names) == 3
    # A module under another name is another version too.
    renamed = tmp_path / "renamed"
    shutil.copytree(STATIC, renamed)
    (renamed / SCRIPTS / "menus.js").rename(renamed / SCRIPTS / "menu.js")
    assert scripts_folder(str(renamed)) not in names
