"""Who may see and be what. Every query on reports starts here."""
