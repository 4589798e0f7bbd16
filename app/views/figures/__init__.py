"""Pages of figures and exports. No page of a report imports them."""
