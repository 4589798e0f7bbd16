"""The README shows the workflow table that the code has, word for word."""

from __future__ import annotations

from app.rules.reports.printed_workflow import BEGIN, END, README, workflow_table

REFRESH = "README.md does not show the workflow table of the code: run `python -m app.rules.reports.printed_workflow`"


def test_the_readme_has_the_table_of_the_code() -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme.count(BEGIN) == readme.count(END) == 1, f"README.md needs one {BEGIN} and one {END}"
    assert f"{BEGIN}\n{workflow_table()}\n{END}" in readme, REFRESH
