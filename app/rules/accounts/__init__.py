"""Accounts: roles, passwords, sessions, addresses, and who comes to control whom. No rule of a report."""
