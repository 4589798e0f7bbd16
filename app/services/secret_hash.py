"""How secrets are kept that somebody outside holds: as a hash, so that whoever reads the database has none."""

from __future__ import annotations

import hashlib

from app.rules.citizens.secret_links import TOKEN_MAX


def hash_of(secret: str) -> str:
    """The hash of a random `secret` in hexadecimal; of one from outside the first TOKEN_MAX characters count."""
    return hashlib.sha256(secret[:TOKEN_MAX].encode(errors="replace")).hexdigest()
