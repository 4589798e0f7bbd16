"""Secret links: the address by which a reporter without an account comes back to their report.

The report keeps only the hash of the link's token. The token itself is made from the report and the
installation's secret, so that a letter can carry it again; whoever reads the database alone has none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from app.access.actor import Actor
from app.models import Report
from app.services.secret_hash import hash_of


def give_link(report: Report, secret: str) -> str:
    """Make the report's link good, and return its token."""
    token = _token(report, secret)
    report.link_hash = hash_of(token)
    return token


def renew_link(report: Report, secret: str) -> str:
    """End the report's link for ever, and return the token of a new one."""
    end_link(report)
    return give_link(report, secret)


def end_link(report: Report) -> None:
    """No token that was ever given out for the report opens it from here on."""
    report.link_round += 1
    report.link_hash = None


def token_of(report: Report, secret: str) -> str:
    """The token of the report's link; "" if it has none, or one made with another secret."""
    token = _token(report, secret)
    return token if report.link_hash is not None and report.link_hash == hash_of(token) else ""


def holder_of(token: str) -> Actor:
    """Whoever opens the link: the reporter of that one report, and nobody else."""
    return Actor(link_hash=hash_of(token))


def _token(report: Report, secret: str) -> str:
    said = f"report-link:{report.id}:{report.received_at.isoformat()}"
    if report.link_round:
        said += f":{report.link_round}"
    made = hmac.new(secret.encode(), said.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
