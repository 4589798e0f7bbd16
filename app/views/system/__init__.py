"""Pages of central admins about the system itself, and /healthz."""
