"""Figures for Plotly in the browser. The only file that imports plotly.

A figure is told apart without its colours: every series has a pattern of its own, and numbers stand at
the bars. The page's script gives it the reader's language and the colours of its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

COLOURS = ("#3b73b9", "#b3132b", "#d9902f", "#2f8f5b", "#8b7bb8", "#7a8794")
PATTERNS = ("", "/", "x", "", ".", "-")
LINE = 26  # pixels of one horizontal bar with its gap
LABEL_MAX = 30  # characters of a name at a bar


@dataclass(frozen=True)
class Series:
    """One colour and pattern: a number for each label, None where there is none."""

    name: str
    values: Sequence[float | int | None]


@dataclass(frozen=True)
class Drawing:
    """labels: what stands at the bars. upright: bars stand (a course of time), else they lie. decimals: of numbers."""

    labels: Sequence[str]
    series: Sequence[Series]
    axis: str
    upright: bool = False
    decimals: int = 0


def figure(drawing: Drawing) -> str:
    """The figure as JSON: data and layout."""
    many = len(drawing.series) > 1
    labels = [_short(label) for label in drawing.labels]
    places = list(range(len(labels)))
    number = f",.{drawing.decimals}f"
    bars = []
    for index, series in enumerate(drawing.series):
        value, place = ("y", "x") if drawing.upright else ("x", "y")
        bars.append(
            go.Bar(
                {value: list(series.values), place: places},
                name=series.name,
                orientation="v" if drawing.upright else "h",
                marker={
                    "color": COLOURS[index % len(COLOURS)],
                    "line": {"color": "#ffffff", "width": 1},
                    "pattern": {
                        "shape": PATTERNS[index % len(PATTERNS)],
                        "fillmode": "overlay",
                        "fgcolor": "#ffffff",
                        "size": 7,
                    },
                },
                texttemplate=f"%{{{value}:{number}}}" if not many else "",
                textposition="outside" if not many else "none",
                cliponaxis=False,
                customdata=list(drawing.labels),
                hovertemplate=f"%{{customdata}}<br>{series.name}: %{{{value}:{number}}}<extra></extra>",
            )
        )
    names = {"tickvals": places, "ticktext": labels, "automargin": True, "fixedrange": True}
    numbers = {
        "title": {"text": drawing.axis},
        "automargin": True,
        "fixedrange": True,
        "rangemode": "tozero",
        "tickformat": number,
    }
    if not drawing.upright:
        names["autorange"] = "reversed"
    drawn = go.Figure(
        data=bars,
        layout={
            "template": "none",
            "barmode": "stack",
            "xaxis": names if drawing.upright else numbers,
            "yaxis": numbers if drawing.upright else names,
            "height": 380 if drawing.upright else 150 + LINE * max(2, len(labels)),
            "margin": {"l": 10, "r": 40, "t": 10, "b": 10},
            "showlegend": many,
            "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "traceorder": "normal"},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "bargap": 0.3,
            "dragmode": False,
        },
    )
    # It stands within a page: nothing in it may end the element that holds it.
    return str(drawn.to_json()).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _short(label: str) -> str:
    return label if len(label) <= LABEL_MAX else f"{label[: LABEL_MAX - 1]}…"
