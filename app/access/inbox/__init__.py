"""Bell and messages, read: what of them somebody may read at this moment. Nothing is sent here."""
