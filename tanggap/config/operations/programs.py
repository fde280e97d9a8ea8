"""PostgreSQL's client programs, told where the database is by their environment and not by their arguments:
those, and a password in them, are readable by everybody on the machine."""

from __future__ import annotations

import os
import shutil
import sys
from urllib.parse import parse_qsl, unquote, urlsplit

from tanggap.postgres.binaries import find_binaries


def libpq_environment(url: str) -> dict[str, str]:
    """The environment for psql, pg_dump and pg_restore."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    given = {
        "PGHOST": query.get("host") or unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or query.get("port", "")),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": query.get("sslmode", ""),
        "PGCLIENTENCODING": "UTF8",
        "PGCONNECT_TIMEOUT": "10",
    }
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def program(name: str) -> str:
    """The path of a client program that fits our server. At a terminal the system's psql, which can edit lines."""
    if name == "psql" and sys.stdin.isatty() and shutil.which("psql"):
        return "psql"
    return find_binaries().program(name)
