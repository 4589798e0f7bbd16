"""Where programs and gateways come in, and the pages that look after them. No other page imports them."""
