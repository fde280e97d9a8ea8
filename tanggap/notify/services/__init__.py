"""Writes of the outbox, one a file."""
