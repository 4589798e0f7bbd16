"""Accounts, read by those who manage them or look after their safety.

Finding the account of a request stands in access/account_lookup.py.
"""
