"""A report, read: its card, history, trail, and whoever held it before.

Which reports somebody sees stands in access/scope.py.
"""
