"""Pages of accounts: signing in, one's own account, and managing those of others. No page of a report."""
