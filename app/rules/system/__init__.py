"""The bounds of what a central admin changes while the system runs. No words of a report."""
