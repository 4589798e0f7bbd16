"""Files on pages: fields that take them, addresses that serve them."""
