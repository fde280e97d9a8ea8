"""The unprivileged account that runs the server when we are root, and what that account can reach.

PostgreSQL refuses to run as root. We never create an account and never change the mode of a folder that is not ours.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tanggap.postgres.errors import PostgresError

CANDIDATES = ("tanggap", "nobody")


@dataclass(frozen=True)
class Account:
    """Who the server runs as. `change` is False when that is simply ourselves."""

    uid: int
    gid: int
    change: bool

    def as_process(self) -> dict[str, Any]:
        """Arguments for subprocess that start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.change else {}

    def own(self, path: Path) -> None:
        """Give `path`, which we made, to the account."""
        if self.change:
            os.chown(path, self.uid, self.gid)

    def can_run(self, program: Path) -> bool:
        """Whether the account can start `program`: every folder above it must be open to it."""
        return self._test("-x", program)

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can pass through `folder`."""
        return self._test("-x", folder)

    def _test(self, what: str, path: Path) -> bool:
        if not self.change:
            return True
        # Asked of the kernel as that account: modes alone would miss access lists and mounts.
        command = ["/bin/sh", "-c", f'test {what} "$1"', "sh", str(path)]
        answer = subprocess.run(command, cwd="/", timeout=20, check=False, **self.as_process())
        return answer.returncode == 0


def server_account() -> Account:
    """Ourselves, or the account TANGGAP_POSTGRES_USER, `tanggap` or `nobody` when we are root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), change=False)
    asked = os.environ.get("TANGGAP_POSTGRES_USER")
    for name in (asked,) if asked else CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, change=True)
    raise PostgresError(
        "PostgreSQL does not run as root and no unprivileged account was found. "
        "Set TANGGAP_POSTGRES_USER to an existing account, or start as an ordinary user."
    )
