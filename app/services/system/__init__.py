"""What central admins change, and what is noted of it: settings, reference data, limits, the audit log."""
