"""The program: a file comes in, "ok" or the reason of a refusal goes out, and behind "ok" the clean file."""

from __future__ import annotations

import importlib
import resource
import sys

from cleaning.refusals import Reason, Refused

MEMORY = 1024 * 1024 * 1024  # bytes of address space: a file of 50 MB is held some times over
SECONDS = 20  # of a processor


def main(kind: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for written in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(written, (0, 0))  # it writes no file
    content = sys.stdin.buffer.read()
    try:
        clean = importlib.import_module(f"cleaning.{kind}").clean(content)
        said = b"ok"
    except Refused as refused:
        said, clean = refused.reason.value.encode(), b""
    except MemoryError:
        said, clean = Reason.HEAVY.value.encode(), b""
    sys.stdout.buffer.write(said + b"\n" + clean)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
