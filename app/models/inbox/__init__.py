"""Tables of what is told: outbox, bell, messages."""
