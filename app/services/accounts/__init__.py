"""Accounts: entered, invited, changed, let in, told. No service of a report is called from here."""
