"""Pages that manage, move and hand over agencies, and their days off."""
