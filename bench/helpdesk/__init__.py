"""What runs in the peer's own environment: nothing here imports the application."""
