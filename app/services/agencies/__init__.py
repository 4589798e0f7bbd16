"""Agencies and their calendar, and what follows for reports when either changes.

No channel is known here.
"""
