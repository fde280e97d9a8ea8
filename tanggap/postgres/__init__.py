"""The embedded PostgreSQL server: found, prepared, started and stopped by us; nothing here knows Django.

`database_for(folder)` is the one door: it gives the address of a database that works, starting a server if none runs.
"""

from tanggap.postgres.errors import PostgresError
from tanggap.postgres.server import Server, database_for, given_database

__all__ = ["PostgresError", "Server", "database_for", "given_database"]
