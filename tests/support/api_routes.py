"""Every operation of the API: with which scope it opens, and whose object it shows.

One that is missing here fails by name in tests/views/channels/api/test_isolation.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.rules.channels.api import Scope

NOBODY: frozenset[str] = frozenset()
OFFICERS = frozenset({"pusat", "pusat2", "a", "a1", "a1b", "a2", "b", "b1"})
READERS = OFFICERS | {"supervisor"}
CITIZENS = frozenset({"warga", "warga2"})
OWNER = frozenset({"warga"})
# An office takes nothing from a citizen: every account may file, and read what it filed.
EVERYBODY = CITIZENS | READERS | {"statistik"}
SEES_A1 = frozenset({"pusat", "pusat2", "supervisor", "a", "a1", "a1b"})


@dataclass(frozen=True)
class Operation:
    """scopes: any of them opens it; none: it is open to everybody. path: with {report}, {progress} and other
    keys of tests/support/objects.py. opens: whose permissions suffice. sees: for whom its object exists,
    None where it names none. body: what a POST sends; link: whether a report's own token opens it."""

    method: str
    path: str
    scopes: tuple[Scope, ...] = ()
    opens: frozenset[str] = NOBODY
    sees: frozenset[str] | None = None
    body: Mapping[str, Any] | None = None
    link: bool = False
    query: Mapping[str, Any] = field(default_factory=dict)


_REPLY = {"action": "reply", "text": "Isi."}
_FILERS = (Scope.FILE, Scope.PARTNER_FILE, Scope.PARTNER_VOUCH)
_SENDERS = (Scope.FILE, Scope.OWN_ACT, Scope.DESK_ACT, Scope.PARTNER_FILE, Scope.PARTNER_VOUCH)
OPERATIONS: Mapping[str, Operation] = {
    "list_categories": Operation("GET", "/categories"),
    "list_areas": Operation("GET", "/areas"),
    "list_agencies": Operation("GET", "/agencies"),
    "list_archive_reasons": Operation("GET", "/archive-reasons"),
    "send_files": Operation(
        "POST",
        "/files?report={progress}",
        _SENDERS,
        EVERYBODY,
        (SEES_A1 - {"supervisor"}) | OWNER,
        link=True,
    ),
    "file_report": Operation("POST", "/reports", _FILERS, EVERYBODY, body={"text": "Isi."}),
    "confirm_report": Operation(
        "POST", "/confirmations", (Scope.PARTNER_FILE,), body={"confirmation": "tidak-ada", "code": "123456"}
    ),
    "list_own_reports": Operation("GET", "/own-reports", (Scope.OWN_READ,), EVERYBODY),
    "show_own_report": Operation(
        "GET", "/own-reports/{progress}", (Scope.OWN_READ,), EVERYBODY, OWNER, link=True
    ),
    "read_own_file": Operation(
        "GET", "/own-reports/{progress}/files/{own_file}", (Scope.OWN_READ,), EVERYBODY, OWNER, link=True
    ),
    "act_on_own_report": Operation(
        "POST", "/own-reports/{progress}/acts", (Scope.OWN_ACT,), EVERYBODY, OWNER, _REPLY, link=True
    ),
    "rate_own_report": Operation(
        "POST",
        "/own-reports/{progress}/rating",
        (Scope.OWN_ACT,),
        EVERYBODY,
        OWNER,
        {"stars": 5, "solved": True},
        link=True,
    ),
    "show_worklist": Operation("GET", "/worklists/waiting", (Scope.DESK_READ,), READERS),
    "show_report": Operation("GET", "/reports/{report}", (Scope.DESK_READ,), READERS, SEES_A1),
    "read_file": Operation("GET", "/reports/{report}/files/{file}", (Scope.DESK_READ,), READERS, SEES_A1),
    "move_report": Operation(
        "POST",
        "/reports/{report}/moves",
        (Scope.DESK_ACT,),
        OFFICERS,
        SEES_A1 - {"supervisor"},
        {"action": "comment", "version": 99, "text": "Catatan."},
    ),
    "decide_request": Operation(
        "POST",
        "/reports/{progress}/requests/{request}/decision",
        (Scope.DESK_ACT,),
        OFFICERS,
        SEES_A1 - {"supervisor"},
        {"decision": "reject", "answer": ""},
    ),
}
