"""Tables of the tree of agencies and of its reorganisations."""
