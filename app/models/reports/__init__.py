"""Tables of a report: itself, its chain, clocks, requests, history, and who sees it."""
