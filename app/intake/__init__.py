"""Channels in: what comes from outside is read here and handed to the services."""
