"""What reporters do and are told: filing, codes, secret links, ratings, comments.

The moves themselves are those of services/reports.
"""
