"""Statistics: figures from the summaries, always scoped. Built in an issue of its own; the layer is reserved here."""
