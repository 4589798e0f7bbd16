"""The demo: an invented desk at work, so that a newcomer sees every tab with something in it."""
