"""What each demo account finds in each of its tabs, whatever the dice of the other reports say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from app.demo.agencies import BANDUNG, BPJS, DIVRE_1, DIVRE_4, LHOKSEUMAWE, PUTR, ROOT
from app.demo.builder import Builder, Plan
from app.models import Report
from app.rules.reports.workflow import Action
from app.services.reports import decisions, handling, requests, verification

# The line by which a report comes to each office with an account, and the complaints that it gets.
LINES: tuple[tuple[tuple[str, ...], str], ...] = (
    ((BPJS,), "bpjs"),
    ((BPJS, DIVRE_1), "bpjs"),
    ((BPJS, DIVRE_4), "bpjs"),
    ((BPJS, DIVRE_1, LHOKSEUMAWE), "bpjs"),
    ((BANDUNG,), "bandung_kecamatan"),
    ((BANDUNG, PUTR), "bandung_putr"),
)
HOUR = timedelta(hours=1)
DESK = ("national", "incomplete", "archive")  # what the central desk has of its own
REPORTS = 5 * len(LINES) + len(DESK)


class Scenes:
    """One report in each of an office's tabs: waiting, in progress, asked for, copied, closed."""

    def __init__(self, builder: Builder, complaints: Sequence[Mapping[str, Any]]) -> None:
        self.builder, self.session, self.now = builder, builder.session, builder.now
        self.complaints = complaints

    def play(self, line: Sequence[str], domain: str) -> None:
        items = [item for item in self.complaints if item["domain"] == domain and item["follow_ups"]]
        office = line[-1]
        self._arrive(items[0], line, self.now - 9 * HOUR)
        self._answered(items[1], line, self.now - 60 * HOUR)
        asked = self._answered(items[2], line, self.now - 80 * HOUR)
        requests.ask(
            self.session,
            self.builder.actors[office],
            self.builder.form(asked),
            Action.HOLD,
            self.now - 20 * HOUR,
            reason=self.builder.reasons["hold"][0],
        )
        elsewhere = BANDUNG if domain == "bpjs" else BPJS
        self._arrive(items[3], [elsewhere], self.now - 30 * HOUR, copy=office)
        closed = self._answered(items[4], line, self.now - 200 * HOUR)
        delegator = ROOT if len(line) == 1 else line[-2]
        decisions.decide(
            self.session,
            self.builder.actors[delegator],
            self.builder.form(closed),
            Action.CLOSE,
            self.builder.reasons["close"][0],
            self.now - 100 * HOUR,
        )

    def play_desk(self) -> None:
        """The central desk's own: one new, one put off, one archived."""
        desk = self.builder.actors[ROOT]
        of = {item["domain"]: item for item in self.complaints}
        for number, kind in enumerate(DESK, start=1):
            plan = Plan(of[kind], self.now - 5 * number * HOUR, ROOT, None, "Sukamaju", "Jalan Merdeka")
            report, later = self.builder.file(plan), plan.at + 2 * HOUR
            form = self.builder.form(report)
            if kind == "incomplete":
                verification.ask_details(self.session, desk, form, plan.item["question"], later)
            elif kind == "archive":
                note = "Laporan ini tidak dapat ditindaklanjuti."
                verification.archive(self.session, desk, form, plan.item["reason"], note, later)

    def _arrive(
        self, item: Mapping[str, Any], line: Sequence[str], at: datetime, *, copy: str = ""
    ) -> Report:
        """A report that was filed at `at` and came down the line within the next hours."""
        plan = Plan(item, at, line[-1], None, "Sukamaju", "Jalan Merdeka")
        report = self.builder.file(plan)
        self.builder.verify(report, plan, line[0], at + 2 * HOUR, copy)
        for number, (giver, taker) in enumerate(pairwise(line), start=3):
            handling.forward(
                self.session,
                self.builder.actors[giver],
                self.builder.form(report),
                self.builder.ids[taker],
                at + number * HOUR,
            )
        return report

    def _answered(self, item: Mapping[str, Any], line: Sequence[str], at: datetime) -> Report:
        report = self._arrive(item, line, at)
        handling.follow_up(
            self.session,
            self.builder.actors[line[-1]],
            self.builder.form(report),
            item["follow_ups"][0],
            at + 8 * HOUR,
        )
        return report


def play_scenes(builder: Builder, complaints: Sequence[Mapping[str, Any]]) -> None:
    """The scenes of every office that has an account."""
    scenes = Scenes(builder, complaints)
    scenes.play_desk()
    for line, domain in LINES:
        scenes.play(line, domain)
