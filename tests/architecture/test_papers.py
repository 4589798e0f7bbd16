"""The papers: what they link to and name is there, and what they promise of their own form holds."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from app.cli import group
from config import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DECISIONS = DOCS / "decisions"
HEADINGS = ["Context", "Decision", "Alternatives", "Consequence", "Test"]
TOP = ("app", "tests", "docs", "bench", "migrations", "translations")
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
NAMED = re.compile(rf"`((?:{'|'.join(TOP)})/[A-Za-z0-9_/.-]+)`")
CITED = re.compile(r"\bdocs/[a-z0-9_/-]+\.md\b")
README_LINES, README_BYTES, PICTURE_BYTES = 50, 4_500, 150_000


def papers() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def decisions() -> list[Path]:
    return sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")


def anchors(paper: Path) -> set[str]:
    """What a link's #part may be: the headings, as code forges write them."""
    headings = re.findall(r"^#+ (.+)$", paper.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links(paper: Path) -> Iterator[tuple[str, Path, str]]:
    """Each link that stays within the project: as it stands, where it leads, its #part."""
    for target in LINK.findall(paper.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            place, _, part = target.partition("#")
            yield target, (paper.parent / place).resolve() if place else paper, part


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("paper", papers(), ids=name_of)
def test_every_link_leads_somewhere(paper: Path) -> None:
    lost = [
        target
        for target, place, part in links(paper)
        if not place.exists() or not place.is_relative_to(ROOT) or (part and part not in anchors(place))
    ]
    assert lost == []


@pytest.mark.parametrize("paper", papers(), ids=name_of)
def test_every_file_that_is_named_is_there(paper: Path) -> None:
    named = NAMED.findall(paper.read_text(encoding="utf-8"))
    assert sorted({path for path in named if not (ROOT / path).exists()}) == []


def test_every_paper_that_the_code_cites_is_there() -> None:
    listed = subprocess.run(["git", "ls-files", "-z", "*.py"], cwd=ROOT, check=True, capture_output=True)
    code = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    cited = {
        paper for path in code if path.is_file() for paper in CITED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(cited) > 5
    assert sorted(paper for paper in cited if not (ROOT / paper).is_file()) == []


def test_every_paper_is_found_from_the_readme() -> None:
    found, ahead = set[Path](), [ROOT / "README.md"]
    while ahead:
        paper = ahead.pop()
        if paper not in found and paper.suffix == ".md" and paper.exists():
            found.add(paper)
            ahead += [place for _, place, _ in links(paper)]
    assert sorted(map(name_of, set(papers()) - found)) == []


def test_the_readme_is_one_screen_with_a_light_picture() -> None:
    readme = (ROOT / "README.md").read_bytes()
    assert readme.count(b"\n") <= README_LINES
    assert len(readme) <= README_BYTES
    assert 0 < (DOCS / "picture.png").stat().st_size <= PICTURE_BYTES


@pytest.mark.parametrize("paper", decisions(), ids=name_of)
def test_a_decision_says_what_it_must(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    number = paper.name[:4]
    assert re.match(rf"# {number}\. \S.*\n\nDate: 20\d\d-\d\d-\d\d\n", text)
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [part.partition("\n")[0] for part in parts] == HEADINGS
    assert [part.partition("\n")[0] for part in parts if len(part.partition("\n")[2].strip()) < 20] == []
    assert NAMED.search(parts[-1]), "name the test that holds it"


def test_decisions_are_numbered_without_a_gap_and_stand_in_the_index() -> None:
    names = [path.name for path in decisions()]
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \| ([\d-]+) \| (.+) \|$", index, re.MULTILINE)
    told = [
        re.match(r"# (\d{4})\. (.+)\n\nDate: ([\d-]+)", path.read_text(encoding="utf-8"))
        for path in decisions()
    ]
    assert rows == [
        (each[1], name, each[3], each[2]) for each, name in zip(told, names, strict=True) if each is not None
    ]


@pytest.mark.parametrize("room", ["rules", "access", "services"])
def test_the_drawing_has_the_order_of_the_contracts(room: str) -> None:
    """The chain of subjects in each room's box, from what knows most to what everybody stands on."""
    drawing = (DOCS / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    box = drawing.partition(f"| app/{room} ")[2].partition("+----")[0]
    chain = re.findall(r"^  \|  ?(?: *> )?([a-z, >]+?) *\|", box, re.MULTILINE)
    drawn = [re.split(r", ", part) for part in re.split(r"\s*>\s*", " > ".join(chain)) if part]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (kept,) = [each for each in contracts["contracts"] if each.get("containers") == [f"app.{room}"]]
    layers = [re.split(r" [|:] ", layer) for layer in kept["layers"]]
    assert drawn[:-1] == layers[:-1]
    assert set(drawn[-1]) <= set(layers[-1]), "some of what everybody stands on"


def test_every_setting_is_told_to_operators() -> None:
    table = (DOCS / "operations.md").read_text(encoding="utf-8").partition("## Settings")[2]
    told = set(re.findall(r"`LAPOR_([A-Z0-9_]+)`", "".join(re.findall(r"^\| (.+?) \|", table, re.MULTILINE))))
    own = {item.name.upper() for item in fields(Settings)} - {"EXTRA", "ROOT"}
    assert own - told - {"PORT"} == set(), "a row in docs/operations.md"
    assert told - own == set()
    assert "`PORT`" in table


def test_every_setting_has_a_comment_of_its_own() -> None:
    source = (ROOT / "config.py").read_text(encoding="utf-8").splitlines()
    first = source.index("class Settings:")
    for item in fields(Settings):
        (at,) = [
            number
            for number, line in enumerate(source)
            if number > first and line.startswith(f"    {item.name}: ")
        ]
        assert source[at - 1].startswith("    # "), item.name


def test_every_command_is_told_to_operators() -> None:
    table = (DOCS / "operations.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z-]+)", table.partition("## Commands")[2], re.MULTILINE)
    assert sorted(told) == sorted(group.commands)


def test_the_licence_is_there_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    articles = re.findall(r"^(\d{1,2})\. ?[A-Z]", text, re.MULTILINE)
    assert articles == [str(number) for number in range(1, 16)]
    assert text.rstrip().endswith("require the production of a new EUPL version.")
