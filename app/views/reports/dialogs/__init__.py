"""The dialogs by which officers move a report, all in one frame (manual 6.3 to 6.7)."""
