"""The moves of a report and what they write: transition.py alone changes a state.

Knows nothing of channels, figures, or how people are told.
"""
