"""The desk's pages of reports: worklists, search, one report and its parts.

What a move asks stands in views/reports/dialogs.
"""
