"""Tables of reference data, settings, the audit log, and what searching keeps."""
