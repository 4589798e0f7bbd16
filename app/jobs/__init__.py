"""Jobs: schedule.py is the one table of them; each is one line into a service."""
