"""Pages of bell, messages and mailed digests."""
