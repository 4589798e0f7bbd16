"""Which files may be sent and how they are named. Nothing about where they lie."""
