"""What can go wrong with the database server, said in a sentence its operator can act on."""

from __future__ import annotations


class PostgresError(Exception):
    """The server could not be prepared, started or stopped; the message says why and what to do."""
