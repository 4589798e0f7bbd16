"""What the code cites stands in our own papers, and nothing stands there that nobody cites.

Cases by letter and number (docs/cases.md), sections of the manual by number (docs/manual.md), and the
working rules by their heading there. A row that is not cited says that it is not built yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES, MANUAL = ROOT / "docs" / "cases.md", ROOT / "docs" / "manual.md"
NOT_BUILT = "not built yet"

CASE = r"[A-R]\d{1,2}"
AND = r"(?:, (?:and )?| and )"
CASE_LIST = re.compile(rf"\b[Cc]ases? ({CASE}(?:{AND}{CASE})*)\b")
SECTION = r"[1-6]\.\d{1,2}"
SECTIONS = rf"{SECTION}(?:(?:{AND}| to ){SECTION})*"
MANUAL_LIST = (
    # "manual 6.3", "the manual, sections 3.2 to 3.4 and 6.3", "in the manual's words (6.13)", …
    re.compile(
        rf"[Mm]anual(?:'s [a-z]+)?(?:,? \(?|, )(?:sections? )?({SECTIONS}|(?<=section )\d)(?![\d.]*\d)"
    ),
    # "Sections 6.1, 6.2 and 6.10 of the manual", "the weekly look of section 4.3"
    re.compile(rf"[Ss]ections? ({SECTIONS}|\d)(?![\d.]*\d)"),
)
# Something of the manual is cited here, however it is written: one of the patterns above has to know it.
ANY_SECTION = re.compile(rf"[Mm]anual\b[^.;\"`]{{0,30}}?\b{SECTION}\b|[Ss]ections? \d")
ANY_CASE = re.compile(r"\b[Cc]ases? [A-R](?:\d|\b(?![' ]))")
WORKING_RULES = re.compile(r"[Ww]orking rules(?: (of LAPOR!'s central desk|for reporters|for SMS 1708))?")
RULE_HEADINGS = {
    "of LAPOR!'s central desk": "Of the central desk",
    "for reporters": "For reporters",
    "for SMS 1708": "For SMS 1708",
    "": "Working rules",
}


@cache
def sources() -> Mapping[str, str]:
    """Every file that may cite, by its path; comments and docstrings that were wrapped are one line."""
    found = [ROOT / "config.py", ROOT / "run.py", *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    for folder, endings in (
        ("app", (".py", ".html", ".js", ".css")),
        ("tests", (".py",)),
        ("bench", (".py",)),
        ("migrations", (".py",)),
    ):
        found += [path for path in (ROOT / folder).rglob("*") if path.suffix in endings]
    told = [path for path in found if path not in (CASES, MANUAL, Path(__file__))]
    return {
        str(path.relative_to(ROOT)): re.sub(r"\s+(?:#\s+)?", " ", path.read_text(encoding="utf-8"))
        for path in told
    }


def code() -> Mapping[str, str]:
    return {path: text for path, text in sources().items() if path.startswith(("app/", "tests/"))}


def cases(text: str) -> Iterator[str]:
    for listed in CASE_LIST.finditer(text):
        yield from re.findall(CASE, listed[1])


def sections(text: str) -> Iterator[str]:
    """The sections that a text cites; "6.3 to 6.7" cites the five."""
    for pattern in MANUAL_LIST:
        for listed in pattern.finditer(text):
            if "." not in listed[1]:
                yield listed[1]
            for first, last in re.findall(rf"({SECTION})(?: to ({SECTION}))?", listed[1]):
                chapter, start = first.split(".")
                for number in range(int(start), int(last.split(".")[1] if last else start) + 1):
                    yield f"{chapter}.{number}"


def case_rows() -> Mapping[str, str]:
    rows = re.findall(rf"^\| ({CASE}) \|(.+)$", CASES.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len(dict(rows)), "a case has one row"
    return dict(rows)


def manual_sections() -> Mapping[str, str]:
    """Each section that is told of, with its text: "### 6.5 …", and a chapter that stands alone."""
    text = MANUAL.read_text(encoding="utf-8")
    parts = re.split(r"^#{2,3} ", text, flags=re.MULTILINE)[1:]
    named = {match[1]: part for part in parts if (match := re.match(r"(\d(?:\.\d{1,2})?)\.? ", part))}
    return {number: part for number, part in named.items() if part.partition("\n")[2].strip()}


def test_a_range_and_a_list_are_read() -> None:
    text = "(manual 3.2 and 6.5 to 6.7) the manual, section 5; Sections 6.1, 6.2 and 6.10 of the manual"
    assert set(sections(text)) == {"3.2", "6.5", "6.6", "6.7", "5", "6.1", "6.2", "6.10"}
    assert list(cases("cases C13, C14 and F7; case R6")) == ["C13", "C14", "F7", "R6"]


def test_every_cited_case_is_told() -> None:
    rows = case_rows()
    missing = {
        path: lost for path, text in sources().items() if (lost := sorted({*cases(text)} - rows.keys()))
    }
    assert missing == {}, "tell it in docs/cases.md, in our own words"


def test_every_case_is_cited() -> None:
    cited = {case for text in code().values() for case in cases(text)}
    rows = case_rows()
    assert len(rows) > 50
    assert sorted(case for case, row in rows.items() if case not in cited and NOT_BUILT not in row) == []
    assert sorted(case for case, row in rows.items() if case in cited and NOT_BUILT in row) == []


def test_every_cited_section_is_told() -> None:
    told = manual_sections()
    missing = {
        path: lost for path, text in sources().items() if (lost := sorted({*sections(text)} - told.keys()))
    }
    assert missing == {}, "tell it in docs/manual.md, in our own words"


def test_every_section_is_cited() -> None:
    cited = {section for text in code().values() for section in sections(text)}
    told = manual_sections()
    assert len(told) > 15
    assert (
        sorted(number for number, part in told.items() if number not in cited and NOT_BUILT not in part) == []
    )
    assert sorted(number for number, part in told.items() if number in cited and NOT_BUILT in part) == []


@pytest.mark.parametrize(("anything", "patterns"), [(ANY_CASE, (CASE_LIST,)), (ANY_SECTION, MANUAL_LIST)])
def test_no_citation_is_written_in_a_way_that_is_not_read(
    anything: re.Pattern[str], patterns: tuple[re.Pattern[str], ...]
) -> None:
    """Each that looks like one lies within one that was read, or the walks above would pass it by."""
    unread: list[tuple[str, str]] = []
    for path, text in sources().items():
        read = [match.span() for pattern in patterns for match in pattern.finditer(text)]
        unread += [
            (path, match[0])
            for match in anything.finditer(text)
            if not any(start < match.end() and match.start() < end for start, end in read)
        ]
    assert unread == []


def test_the_working_rules_that_are_cited_are_told() -> None:
    headings = re.findall(r"^#{2,3} (.+)$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    cited = {match[1] or "" for text in code().values() for match in WORKING_RULES.finditer(text)}
    assert cited >= {"for reporters", "for SMS 1708"}
    assert [each for each in cited if RULE_HEADINGS[each] not in headings] == []


def test_no_citation_leads_outside() -> None:
    """A paper that is not in the project is nothing to a stranger."""
    foreign = re.compile(r"\b(?:domain|labels|scale|seams|look)\.md\b|panduan-pejabat|design/")
    assert {path: found for path, text in sources().items() if (found := foreign.findall(text))} == {}
