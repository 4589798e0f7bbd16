"""Use cases: f(session, actor, ..., now). They never commit, and know neither Flask nor huey."""
