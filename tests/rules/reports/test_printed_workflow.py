"""The workflow table in words: every row, every condition, and no word that could mean two things."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.rules.reports import printed_workflow
from app.rules.reports.workflow import MOVES, Action, Who
from tests.support.design import ROWS


def rows() -> list[list[str]]:
    """The cells of the table, its head and rule included."""
    table = printed_workflow.workflow_table().partition("\n\n")[0]
    return [line.strip("| ").split(" | ") for line in table.splitlines()]


def cells(action: str) -> dict[str, str]:
    head, _, *body = rows()
    word = action.replace("_", " ")
    (row,) = [row for row in body if row[0].startswith(f"{word} (")]
    return dict(zip(head, row, strict=True))


def test_one_row_for_each_move_with_the_word_of_its_button() -> None:
    head, rule, *body = rows()
    assert tuple(head) == printed_workflow.COLUMNS
    assert rule == ["---"] * len(head)
    assert all(len(row) == len(head) and all(row) for row in body)
    assert [row[0] for row in body] == [f"{m.action.replace('_', ' ')} ({m.action.label})" for m in MOVES]


@pytest.mark.parametrize("action", Action)
def test_who_and_what_are_the_designs(action: Action) -> None:
    row, shown = ROWS[action], cells(action)
    assert shown["who may make it"] == row.who
    assert shown["who may only ask for it"] == (row.ask or printed_workflow.NOTHING)
    assert shown["to"].split(",")[0] == row.to.replace("_", " ")
    assert len(shown["must carry"].split(", ")) == len(row.carries.split(", "))
    assert shown["from"].count("; ") == row.sources.count(", ")
    assert shown["clock afterwards"].count("; ") == row.clock.count(", ")


def test_a_few_cells_in_words() -> None:
    assert cells("archive")["from"] == (
        "unverified (only root, reporter); incomplete; waiting at the root (only root, reporter)"
    )
    assert cells("ask_details")["clock afterwards"] == "completion, 30 days, then archive by the system"
    assert cells("forward")["clock afterwards"] == (
        "from waiting: runs on; otherwise: first follow-up, 5 working days"
    )
    assert cells("forward")["chain"] == "on to a unit below the holder"
    assert cells("hold")["to"] == "unchanged, held"
    assert cells("release")["while held"] == "only then, ends the hold"
    assert cells("correct")["while held"] == "yes, stays held"
    assert cells("extend")["clock afterwards"] == "runs on, later by the days carried"
    assert cells("extend")["from"].startswith("waiting below the root while a first follow-up is owed; ")
    assert cells("auto_close")["must carry"] == printed_workflow.NOTHING


def test_two_codes_with_one_text_have_each_their_word() -> None:
    """ "follow_up" is a move and a clock, "keeps" a hold's fate and a chain's: words go by kind first."""
    assert cells("follow_up")["action (UI)"] == "follow up (Tindak Lanjut)"
    assert cells("verify")["clock afterwards"] == "first follow-up, 5 working days"
    assert cells("reply")["while held"] != cells("reply")["chain"]


def test_every_standing_is_explained() -> None:
    below = printed_workflow.workflow_table()
    assert set(printed_workflow.WHO) == set(Who)
    assert all(f"- *{who}*: {words}" in below for who, words in printed_workflow.WHO.items())


def test_which_moves_void_requests_is_said() -> None:
    voiding = [action.replace("_", " ") for action, row in ROWS.items() if "requests void" in row.more]
    assert f"\nOpen requests become void with: {', '.join(voiding)}.\n" in printed_workflow.workflow_table()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_is_the_same_in_every_process(seed: str) -> None:
    """The order of a set goes by the hash of its texts, which differs from process to process."""
    program = "from app.rules.reports.printed_workflow import workflow_table; print(workflow_table(), end='')"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        cwd=printed_workflow.PAGE.parents[1],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.stdout == printed_workflow.workflow_table()


def test_it_is_written_between_the_markers_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "workflow.md"
    page.write_text(
        f"# Nama\n\n{printed_workflow.BEGIN}\nlama\n{printed_workflow.END}\n\nAkhir\n", encoding="utf-8"
    )
    for _ in ("once", "again"):
        printed_workflow.main(page)
        assert page.read_text(encoding="utf-8") == (
            f"# Nama\n\n{printed_workflow.BEGIN}\n{printed_workflow.workflow_table()}\n{printed_workflow.END}\n\nAkhir\n"
        )


@pytest.mark.parametrize(
    "written",
    [
        "",
        "# Nama",
        printed_workflow.BEGIN,
        printed_workflow.END,
        f"{printed_workflow.END}\n{printed_workflow.BEGIN}",
    ],
)
def test_without_its_markers_nothing_is_written(written: str, tmp_path: Path) -> None:
    page = tmp_path / "workflow.md"
    page.write_text(written, encoding="utf-8")
    with pytest.raises(ValueError, match="workflow:begin"):
        printed_workflow.main(page)
    assert page.read_text(encoding="utf-8") == written
