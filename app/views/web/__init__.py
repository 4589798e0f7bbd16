"""What every page needs from a request: who acts, limits, layout, downloads, doors. No page of a subject."""
