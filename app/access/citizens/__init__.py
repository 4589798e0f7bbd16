"""What citizens and visitors read: their own reports, and what is public.

Nothing for officers alone but the remarks that they let through.
"""
