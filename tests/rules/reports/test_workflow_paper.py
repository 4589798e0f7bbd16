"""docs/workflow.md shows the workflow table that the code has, word for word."""

from __future__ import annotations

from app.rules.reports.printed_workflow import BEGIN, END, PAGE, workflow_table

REFRESH = "docs/workflow.md does not show the workflow table of the code: run `python -m app.rules.reports.printed_workflow`"


def test_the_page_has_the_table_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1, f"docs/workflow.md needs one {BEGIN} and one {END}"
    assert f"{BEGIN}\n{workflow_table()}\n{END}" in page, REFRESH
