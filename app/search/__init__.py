"""Search: one interface over two engines. Built in an issue of its own; the layer is reserved here."""
