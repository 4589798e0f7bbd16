"""One line for each measure: what, how much, what it must be, and whether it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measure:
    """bound: "" where a number is only told; held: None then."""

    name: str
    value: float
    unit: str = ""
    bound: str = ""
    held: bool | None = None


def at_least(name: str, value: float, least: float, unit: str = "") -> Measure:
    return Measure(name, value, unit, f"≥ {least:g}", held=value >= least)


def at_most(name: str, value: float, most: float, unit: str = "") -> Measure:
    return Measure(name, value, unit, f"≤ {most:g}", held=value <= most)


def shown(measures: Sequence[Measure]) -> str:
    """As a Markdown table."""
    lines = ["| what | measured | bound | held |", "|---|---:|---|---|"]
    for m in measures:
        number = f"{m.value:,.0f}" if abs(m.value) >= 100 or m.value == int(m.value) else f"{m.value:.2f}"
        held = "" if m.held is None else "yes" if m.held else "**no**"
        lines.append(f"| {m.name} | {number} {m.unit} | {m.bound} | {held} |".replace("  ", " "))
    return "\n".join(lines)


def write(path: Path, part: str, machine: dict[str, str], measures: Sequence[Measure]) -> None:
    """Put the measures of one part into the file at `path`; the other parts in it stay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    parts[part] = {"machine": machine, "measures": [asdict(m) for m in measures]}
    path.write_text(json.dumps(parts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
