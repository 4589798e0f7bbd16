"""Where on the network somebody is, as limits count it."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

SUBSCRIBER = 64  # bits of an IPv6 address that say who; the rest a subscriber chooses anew for each call
UNKNOWN = "?"


def place(address: str | None) -> str:
    """The place of a network address: an IPv4 address is one, of IPv6 the /64 is one.

    An IPv4 address that is written as IPv6 (::ffff:192.0.2.1) is the same place as itself. What is no
    address is a place as well, the same for all: a proxy that tells none shuts nobody out alone.
    """
    try:
        found = ip_address((address or "").strip().partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped
        return str(inner or IPv6Network((int(found), SUBSCRIBER), strict=False))
    return str(found)
