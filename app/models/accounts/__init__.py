"""Tables of accounts, permissions, sessions and signing in."""
