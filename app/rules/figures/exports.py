"""Where an export stands, and what kinds of files there are."""

from __future__ import annotations

from enum import StrEnum


class ExportForm(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class ExportState(StrEnum):
    WAITING = "waiting"  # for a worker, or being written by one
    READY = "ready"
    FAILED = "failed"
    GONE = "gone"  # its day is over, and the file is deleted
