"""Pictures of figures for paper. Without Chromium, or when it takes too long, there are none: the tables stay."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("picture_process.py")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTH = 1000  # pixels of a figure
SECONDS = 90  # for all pictures of a paper; eleven take about six, on a busy machine thirty
GRACE = 15  # more, for the browser to end
INK, LINE = "#1f2933", "#c7ced6"


def chromium_of(setting: str) -> str:
    """The path of the browser: as it is set, else the first on PATH; "" for none."""
    names = (setting,) if setting else NAMES
    return next((path for name in names if (path := shutil.which(name))), "")


def pictures(
    figures: Sequence[str], chromium: str, language: str, *, seconds: float = SECONDS
) -> list[bytes]:
    """A PNG picture for each figure (JSON of app/stats/charts.py); [] when they cannot be drawn, which is logged.

    It is drawn in a process of its own, that knows none of our settings, and that is ended with its
    browser when `seconds` are over.
    """
    if not chromium:
        log.warning("no pictures: there is no Chromium (LAPOR_CHROMIUM)")
        return []
    # On Linux a folder of the browser may still be written into while it is deleted.
    with tempfile.TemporaryDirectory(prefix="lapor-pictures-", ignore_cleanup_errors=True) as folder:
        asked = {
            "figures": [_dressed(json.loads(figure), language) for figure in figures],
            "folder": folder,
            "chromium": chromium,
            "width": WIDTH,
            "seconds": seconds,
        }
        home = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": folder,
            "TMPDIR": folder,
            "LANG": "C.UTF-8",
        }
        try:
            subprocess.run(  # noqa: S603 our own program
                [sys.executable, "-I", str(PROGRAM)],
                input=json.dumps(asked).encode(),
                env=home,
                cwd=folder,
                timeout=seconds + GRACE,
                capture_output=True,
                check=True,
            )
            return [Path(folder, f"{number}.png").read_bytes() for number in range(len(figures))]
        except subprocess.TimeoutExpired:
            log.warning("no pictures: Chromium took too long")
        except subprocess.CalledProcessError as error:
            log.warning("no pictures: %s", _last_line(error.stderr))
        except OSError as error:
            log.warning("no pictures: %s", type(error).__name__)
    return []


def _last_line(said: bytes) -> str:
    """What a traceback ends with: its kind of error, nothing of the figures."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].partition(":")[0][:200] if lines else "it ended without a word"


def _dressed(figure: dict[str, Any], language: str) -> dict[str, Any]:
    """The figure with the colours of paper, which on the page its script gives it."""
    layout = figure["layout"]
    lines = {"gridcolor": LINE, "zerolinecolor": LINE, "linecolor": LINE}
    figure["layout"] = {
        **layout,
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "font": {"color": INK, "size": 14, "family": "DejaVu Sans, Arial, sans-serif"},
        "xaxis": {**layout["xaxis"], **lines},
        "yaxis": {**layout["yaxis"], **lines},
        "separators": ",." if language == "id" else ".,",
    }
    return figure
