"""The room of the search: one interface, two engines."""
