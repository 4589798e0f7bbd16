"""Pure rules: no Flask, no SQLAlchemy, no clock, no input or output. Start with workflow.py."""
