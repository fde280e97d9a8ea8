"""The passwords of the demo people: chance, not the plan's seed; kept in one file of the data folder."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path

FILE = "demo-passwords.txt"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 3, 4
HEADING = "# People of the example and their passwords. Nothing here is real."


def new_password() -> str:
    """Twelve characters that cannot be mistaken for each other, in groups: `k7mq-x2va-9trd`, 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))


def keep_passwords(folder: Path, addresses: Iterable[str]) -> dict[str, str]:
    """New passwords for these addresses, in a file only the owner reads, before anybody gets one.

    Were it written afterwards, a kill in between would leave people whom nobody can sign in as.
    """
    passwords = {address: new_password() for address in addresses}
    lines = [HEADING, *(f"{address}\t{password}" for address, password in passwords.items())]
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".demo-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    os.replace(name, folder / FILE)
    return passwords


def kept_passwords(folder: Path) -> dict[str, str]:
    """What the file says; empty without one."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("\t", 1) for line in lines)
