"""Files that people take away: rows in the layouts of the manual, within the scope of whoever asks."""
