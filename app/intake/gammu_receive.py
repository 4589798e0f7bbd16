"""What gammu-smsd runs when a message has come in: hands it to LAPOR!, and keeps it until that has it.

In gammu-smsdrc: `runonreceive = /opt/lapor/.venv/bin/python /opt/lapor/app/intake/gammu_receive.py`.
Environment: LAPOR_SMS_URL_IN (the site's address and /sms/masuk), LAPOR_SMS_SECRET, and LAPOR_SMS_SPOOL,
a folder that the daemon may write. The daemon names the files of one message, and tells its sender and
parts in the environment. This file is run by itself and needs nothing but Python.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

TIMEOUT = 20
FINAL = frozenset({400, 413})  # it will never be taken: set aside, to be looked at


def _signing() -> ModuleType:
    """The rules of signing, without the application around them."""
    path = Path(__file__).resolve().parents[1] / "rules" / "channels" / "signing.py"
    spec = importlib.util.spec_from_file_location("signing", path)
    assert spec is not None, path
    assert spec.loader is not None, path
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def message_of(names: list[str], environ: Mapping[str, str]) -> dict[str, str]:
    """The message in the daemon's words: whole if it put the parts together, else part after part."""
    parts = range(1, int(environ.get("SMS_MESSAGES", "1")) + 1)
    decoded = range(int(environ.get("DECODED_PARTS", "0")))
    whole = "".join(environ.get(f"DECODED_{n}_TEXT", "") for n in decoded)
    return {
        "id": f"gammu:{names[0]}",
        "from": environ.get("SMS_1_NUMBER", ""),
        "text": whole or "".join(environ.get(f"SMS_{n}_TEXT", "") for n in parts),
    }


def hand_over(path: Path, url: str, secret: str, signing: ModuleType) -> None:
    """Send one kept message; remove it once it is taken. Raises OSError when it must wait."""
    body = path.read_bytes()
    at, signed = signing.signature(secret, body)
    request = urllib.request.Request(  # noqa: S310 - the address is a setting
        url,
        data=body,
        headers={
            "Content-Type": "application/json",
            signing.TIME_HEADER: at,
            signing.SIGNATURE_HEADER: signed,
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
            path.unlink()
    except urllib.error.HTTPError as error:
        if error.code not in FINAL:
            raise
        path.replace(path.with_suffix(".refused"))


def main(names: list[str], environ: Mapping[str, str]) -> int:
    """Keep what came in, then hand over everything that is kept, oldest first; 1 while something waits."""
    os.umask(0o077)  # what people wrote is read by this daemon alone
    spool = Path(environ["LAPOR_SMS_SPOOL"])
    spool.mkdir(parents=True, exist_ok=True, mode=0o700)
    if names:
        message = message_of(names, environ)
        part = spool / f"{names[0]}.part"
        part.write_text(json.dumps(message), encoding="utf-8")
        part.replace(part.with_suffix(".json"))
    signing = _signing()
    for path in sorted(spool.glob("*.json")):
        try:
            hand_over(path, environ["LAPOR_SMS_URL_IN"], environ["LAPOR_SMS_SECRET"], signing)
        except OSError as error:
            # Kept; the next message, or a timer that runs this without names, tries again.
            sys.stderr.write(f"waits: {type(error).__name__}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(name).name for name in sys.argv[1:]], os.environ))
