"""Writes files anew without what nobody meant to send: a program of its own, `python -m cleaning KIND`.

The application starts it for one file at a time (app/services/attachments/cleaning.py), with bounds on memory and
time: whatever a hostile file does, it does it here. It knows nothing of the application.
"""
