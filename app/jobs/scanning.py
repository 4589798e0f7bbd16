"""Files that wait for the virus scanner: looked at when it answers again."""

from __future__ import annotations

import logging
from datetime import datetime

from flask import current_app

from app.extensions import storage, transaction
from app.services.attachments import scanning
from app.services.attachments.scanning import ScanVerdict
from app.services.attachments.uploads import settle_scan, to_scan

log = logging.getLogger(__name__)
AT_ONCE = 20


def scan_files(now: datetime) -> str:
    """Each file that waits becomes ready, or is refused and its bytes deleted; whoever sent it is told.

    While the scanner is away all of them go on waiting. Without one, since an operator took it out, none
    of them waits any longer. The bytes go before the row says so: none outlive it.
    """
    address, last, scanned, refused, failed = current_app.config["LAPOR"].clamd, 0, 0, 0, 0
    while True:
        with transaction() as session:
            batch = [(file.id, file.stored_name) for file in to_scan(session, last, limit=AT_ONCE)]
        if not batch:
            return f"scanned {scanned}, refused {refused}, failed {failed}"
        for key, name in batch:
            last = key
            try:
                verdict = _verdict(address, name)
                if verdict is not ScanVerdict.CLEAN:
                    storage().delete(name)
            except scanning.Unreachable as away:
                log.warning("the virus scanner cannot be asked, files wait for it: %s", away)
                return f"scanned {scanned}, refused {refused}, failed {failed}"
            except Exception:
                log.exception("file %s could not be scanned; the next run tries again", key)
                failed += 1
                continue
            with transaction() as session:
                settled = settle_scan(session, key, verdict, now)
            scanned += settled
            refused += settled and verdict is not ScanVerdict.CLEAN


def _verdict(address: str, name: str) -> ScanVerdict:
    if not address:
        return ScanVerdict.CLEAN
    try:
        with storage().open(name) as stream:
            content = stream.read()
    except FileNotFoundError:
        # A run that was stopped between the two: it had deleted what the scanner refused.
        return ScanVerdict.FOUND
    return scanning.scan(address, content, seconds=scanning.JOB_SECONDS)
