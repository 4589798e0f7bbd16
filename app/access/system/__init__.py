"""What central admins look after: settings, reference data, the audit log, how the system is."""
