"""A database as large as a nation's: `flask lapor generate`, for measuring that size does not matter.

Rows are composed here and written past the services, so nothing is told to anybody: an event's outbox
row is simply not made. `flask lapor check-scope` holds what came of it against the real rules.
"""
