"""Placeholder until the peer is set up."""


def peer(large, big, wanted, folder):
    return []
