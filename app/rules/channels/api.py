"""The API's table of scopes: what a token may be good for, in words, and who may have one.

A scope only narrows: whoever acts still needs the permission of their account, and a standing towards
the report. Tokens without an account belong to a partner, which files for people without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from app.rules.accounts.roles import Permission, Resource, Verb
from app.rules.labels import N_
from app.rules.reports.codes import Channel


class ClientKind(StrEnum):
    """What kind of program calls. Apps act for whoever signs in; a partner acts in its own name."""

    ANDROID = "android"
    IOS = "ios"
    PARTNER = "partner"


KIND_WORDS: Mapping[ClientKind, str] = {
    ClientKind.ANDROID: N_("Aplikasi Android"),
    ClientKind.IOS: N_("Aplikasi iOS"),
    ClientKind.PARTNER: N_("Sistem mitra"),
}
SOURCES: Mapping[ClientKind, Channel] = {
    ClientKind.ANDROID: Channel.ANDROID,
    ClientKind.IOS: Channel.IOS,
    ClientKind.PARTNER: Channel.PARTNER,
}


class Scope(StrEnum):
    FILE = "reports:file"
    OWN_READ = "own:read"
    OWN_ACT = "own:act"
    DESK_READ = "desk:read"
    DESK_ACT = "desk:act"
    PARTNER_FILE = "partner:file"
    PARTNER_VOUCH = "partner:vouch"


# What somebody does as a citizen; the partners' own are no account's.
CITIZENS = frozenset({Scope.FILE, Scope.OWN_READ, Scope.OWN_ACT, Scope.PARTNER_FILE, Scope.PARTNER_VOUCH})
_APPS = frozenset({ClientKind.ANDROID, ClientKind.IOS})
_PARTNERS = frozenset({ClientKind.PARTNER})


@dataclass(frozen=True)
class ScopeRule:
    """words: what it allows, as the consent page says it. kinds: which clients may have it. needs: what
    the account must be allowed to; None where there is no account."""

    words: str
    kinds: frozenset[ClientKind]
    needs: Permission | None


SCOPES: Mapping[Scope, ScopeRule] = {
    Scope.FILE: ScopeRule(N_("Mengirim laporan atas nama Anda"), _APPS, (Resource.OWN_REPORTS, Verb.ACT)),
    Scope.OWN_READ: ScopeRule(
        N_("Membaca laporan yang Anda kirim"), _APPS, (Resource.OWN_REPORTS, Verb.READ)
    ),
    Scope.OWN_ACT: ScopeRule(
        N_("Menanggapi, melengkapi, menutup, menilai, dan menarik laporan Anda"),
        _APPS,
        (Resource.OWN_REPORTS, Verb.ACT),
    ),
    Scope.DESK_READ: ScopeRule(
        N_("Membaca laporan yang ditangani instansi Anda"), _APPS, (Resource.REPORTS, Verb.READ)
    ),
    Scope.DESK_ACT: ScopeRule(
        N_("Menangani laporan instansi Anda: menindaklanjuti, meneruskan, meminta, dan memutuskan"),
        _APPS,
        (Resource.REPORTS, Verb.ACT),
    ),
    Scope.PARTNER_FILE: ScopeRule(
        N_("Mengirim laporan orang yang alamatnya dikonfirmasi dengan kode"), _PARTNERS, None
    ),
    Scope.PARTNER_VOUCH: ScopeRule(
        N_("Mengirim laporan orang tanpa kode: mitra sendiri yang memastikan alamatnya"), _PARTNERS, None
    ),
}

CODE_LIFETIME = timedelta(minutes=5)
ACCESS_LIFETIME = timedelta(hours=1)
REFRESH_LIFETIME = timedelta(days=30)  # each use of one renews it
PER_MINUTE = 120  # calls, where nothing else was chosen
PER_MINUTE_MAX = 6_000
REDIRECT_MAX = 512  # characters of an address that an app is called back by
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


def known(raw: Iterable[str]) -> frozenset[Scope]:
    """The scopes among these names; others are none."""
    names = frozenset(raw)
    return frozenset(scope for scope in Scope if scope.value in names)


def needed(raw: Iterable[str]) -> frozenset[Permission]:
    """What an account must be allowed to for the scopes of these names."""
    return frozenset(need for scope in known(raw) if (need := SCOPES[scope].needs) is not None)


def for_kind(kind: ClientKind) -> tuple[Scope, ...]:
    """The scopes that a client of this kind may be given, in the order in which they are told."""
    return tuple(scope for scope, rule in SCOPES.items() if kind in rule.kinds)


def allowed(
    asked: Iterable[Scope], client: Iterable[Scope], permissions: frozenset[Permission]
) -> tuple[Scope, ...]:
    """What an account may give of what was asked for, to a client that may have `client`."""
    wanted, may_have = frozenset(asked), frozenset(client)
    return tuple(
        scope
        for scope, rule in SCOPES.items()
        if scope in wanted and scope in may_have and rule.needs in permissions
    )


def calls_back(address: str) -> bool:
    """Whether an app may be called back there: https, the app's own scheme, or this very machine.

    A scheme of one's own is written backwards like a domain (RFC 8252), so that two apps share none.
    """
    if len(address) > REDIRECT_MAX or not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if parts.fragment or "#" in address or parts.username is not None:
        return False
    if parts.scheme == "https":
        return HOST.fullmatch(host or "") is not None
    if parts.scheme == "http":
        return host in LOOPBACK
    return "." in parts.scheme and bool(parts.path or parts.netloc)
