"""Tables of monthly summaries and of exports that a job makes."""
