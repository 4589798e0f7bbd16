"""Whose figures somebody may read, and what stands beside reports in an export.

What is counted stands in app/stats.
"""
