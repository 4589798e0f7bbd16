"""Files on their way in: looked at, cleaned, scanned, kept.

Which report they come to is the caller's matter.
"""
