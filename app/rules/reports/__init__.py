"""The rules of a report's life: the workflow table, its days, its words for readers.

No rule of a channel or of an account.
"""
