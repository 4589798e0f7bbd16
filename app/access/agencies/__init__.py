"""Agencies, read by those who manage, move or hand them over. The tree itself stands in access/tree.py."""
