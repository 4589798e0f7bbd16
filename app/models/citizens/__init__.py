"""Tables of what citizens do besides filing: codes, comments, ratings."""
