"""What a citizen fills in, and the addresses of secret links.

What happens to a report stands in rules/reports.
"""
