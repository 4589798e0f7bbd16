"""What the bell tells officers of, and the officers of which agency are told: the codes of both.

The words stand in app/rules/inbox/notifications.py; which move tells what stands in actions.py.
"""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    DISPOSITION = "disposition"
    CHANGED = "disposition_changed"
    COPY = "copy"
    REPLY = "reply"
    COMMENT = "comment"
    REQUEST = "request"
    DECIDED = "decided"
    VOIDED = "voided"
    HOLD = "hold"
    RELEASE = "release"
    EXTENSION = "extension"
    CLOSING = "closing"
    CLOSES_TOMORROW = "closes_tomorrow"
    REOPENING = "reopening"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_MISSED = "deadline_missed"
    ACCOUNT = "account"
    HANDOVER = "handover"


class Whom(StrEnum):
    """The officers of which agency are told."""

    HOLDER = "holder"
    FORMER = "former"  # the agencies that the event took the report from
    COPIES = "copies"
    HOLDER_AND_DELEGATOR = "holder_and_delegator"
    DECIDER = "decider"
    ASKER = "asker"
    NAMED = "named"  # by whoever makes it: the account's owner, the successor
