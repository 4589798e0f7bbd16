"""The pages of citizens and visitors, and what officers type in for them.

No officer's rights are used on them.
"""
