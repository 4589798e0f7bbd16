"""Channels in and out, each driven by the real programs of the other side."""
