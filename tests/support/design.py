"""The workflow as the design has it, written by hand beside the code.

Sources: the manual, 3.2 to 3.4 and 6.3 to 6.7, and the working rules. Never copied from
app/rules/reports/workflow.py: a change of one cell has to be made here too, by somebody who means it.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One row in words. Several things in a cell stand in the order of their enumeration, after commas."""

    sources: str
    held: str
    to: str
    who: str
    ask: str
    carries: str
    clock: str
    chain: str = "keeps"
    more: str = ""  # what else happens to the report: held afterwards, open requests void


LIVE = "waiting, in_progress"
BELOW = "waiting below the root, in_progress below the root"
ROWS = {
    "verify": Row(
        sources="unverified",
        held="never",
        to="waiting",
        who="root",
        ask="",
        carries="title, agency, category, classification",
        clock="follow_up",
        chain="cuts",
    ),
    "ask_details": Row(
        sources="unverified, waiting at the root",
        held="never",
        to="incomplete",
        who="root",
        ask="",
        carries="text",
        clock="details",
    ),
    "complete": Row(
        sources="incomplete",
        held="never",
        to="unverified",
        who="reporter, recorder",
        ask="",
        carries="text_or_file",
        clock="verification",
    ),
    "archive": Row(
        sources="unverified by root or reporter, incomplete, waiting at the root by root or reporter",
        held="never",
        to="archived",
        who="root, reporter, system",
        ask="",
        carries="reason_code, text",
        clock="stops",
        more="requests void",
    ),
    "restore": Row(
        sources="archived",
        held="never",
        to="unverified",
        who="root",
        ask="reporter, recorder",
        carries="reason",
        clock="verification",
    ),
    "correct": Row(
        sources="unverified, incomplete, waiting, in_progress, closed",
        held="keeps",
        to="unchanged",
        who="root, delegator",
        ask="",
        carries="changes",
        clock="runs_on",
    ),
    "forward": Row(
        sources=LIVE,
        held="ends",
        to="waiting",
        who="holder",
        ask="",
        carries="agency",
        clock="from_waiting: runs_on, follow_up",
        chain="pushes",
        more="requests void",
    ),
    "redirect": Row(
        sources=BELOW,
        held="ends",
        to="waiting",
        who="chain",
        ask="",
        carries="agency",
        clock="follow_up",
        chain="cuts",
        more="requests void",
    ),
    "follow_up": Row(
        sources=LIVE,
        held="keeps",
        to="in_progress",
        who="holder",
        ask="",
        carries="text",
        clock="while_held: stops, auto_close",
    ),
    "reply": Row(
        sources=LIVE,
        held="keeps",
        to="unchanged",
        who="reporter, recorder",
        ask="",
        carries="text_or_file",
        clock="follow_up_owed: runs_on, stops",
    ),
    "hand_back": Row(
        sources=BELOW,
        held="ends",
        to="waiting",
        who="delegator",
        ask="holder",
        carries="suggestion",
        clock="follow_up",
        chain="pops",
        more="requests void",
    ),
    "hold": Row(
        sources="in_progress",
        held="never",
        to="unchanged",
        who="delegator",
        ask="holder",
        carries="reason",
        clock="stands_still",
        more="held",
    ),
    "release": Row(
        sources="in_progress",
        held="only",
        to="unchanged",
        who="delegator",
        ask="holder",
        carries="reason",
        clock="follow_up_owed: goes_on, reply_unanswered: stops, auto_close",
    ),
    # Whoever holds it below the root asks for 1 to 10 working days while a first follow-up is due.
    "extend": Row(
        sources="waiting below the root while owed, in_progress below the root while owed",
        held="never",
        to="unchanged",
        who="delegator",
        ask="holder",
        carries="reason, days",
        clock="lengthens",
    ),
    "close": Row(
        sources="in_progress, waiting by reporter",
        held="ends",
        to="closed",
        who="delegator, reporter",
        ask="holder",
        carries="reason",
        clock="stops",
        more="requests void",
    ),
    "auto_close": Row(
        sources="in_progress",
        held="never",
        to="closed",
        who="system",
        ask="",
        carries="",
        clock="stops",
        more="requests void",
    ),
    "reopen": Row(
        sources="closed",
        held="never",
        to="in_progress",
        who="delegator",
        ask="holder, reporter, recorder",
        carries="reason",
        clock="follow_up",
    ),
    "comment": Row(
        sources="unverified, incomplete, waiting, in_progress, closed",
        held="keeps",
        to="unchanged",
        who="reader",
        ask="",
        carries="text",
        clock="runs_on",
    ),
}
