"""Draws Plotly figures as PNG pictures with Chromium: a program of its own, run by app/exports/pictures.py.

It reads {"figures": [...], "folder": ..., "chromium": ..., "width": ..., "seconds": ...} and writes
0.png, 1.png … into the folder. It reaches nobody: Plotly's script lies in the installed package, no
formula is set, and whatever Chromium itself would ask for goes to a proxy that is not there.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from kaleido import Kaleido

NOWHERE = "http://127.0.0.1:9"
SCALE = 2  # points of the picture for one of the figure: sharp on paper


async def draw(asked: dict[str, Any]) -> None:
    folder = Path(asked["folder"])
    drawer = Kaleido(
        n=1,
        timeout=asked["seconds"],
        mathjax=False,
        path=asked["chromium"],
        enable_sandbox=os.geteuid() != 0,  # Chromium has none for root
        proxy_server=NOWHERE,
    )
    try:
        async with drawer:
            for number, figure in enumerate(asked["figures"]):
                size = {"width": asked["width"], "height": figure["layout"]["height"]}
                picture = await drawer.calc_fig(figure, opts={"format": "png", "scale": SCALE, **size})
                (folder / f"{number}.png").write_bytes(picture)
    finally:
        # The browser has a session of its own, with all that it started: none of it stays behind.
        process = getattr(drawer, "subprocess", None)
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


async def main(asked: dict[str, Any]) -> None:
    await asyncio.wait_for(draw(asked), asked["seconds"])


if __name__ == "__main__":
    code = 1
    try:
        asyncio.run(main(json.load(sys.stdin)))
        code = 0
    except BaseException:  # noqa: BLE001 the one who started us reads it
        traceback.print_exc()
    finally:
        # Threads that wait for the browser would keep a program that failed from ending.
        sys.stderr.flush()
        os._exit(code)
