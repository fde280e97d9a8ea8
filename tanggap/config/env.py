"""Reading the environment: a value from NAME, or from the file that NAME_FILE names."""

from __future__ import annotations

import os
from pathlib import Path

TRUE = {"1", "true", "yes", "ya", "on"}


def text(name: str, default: str = "") -> str:
    """The value of `name`; a file named by `name`_FILE wins, so that secrets need not stand in the environment."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, ya, on."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in TRUE


def names(name: str, default: str = "") -> list[str]:
    """A list separated by commas, without empty entries."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def number(name: str, default: int = 0) -> int:
    """A whole number; raises ValueError for anything else, so that a typing error stops the start."""
    return int(text(name) or default)
