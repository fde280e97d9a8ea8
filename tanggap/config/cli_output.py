"""Where an operator's command tells its progress: standard error, because standard output carries only results."""

from __future__ import annotations

import sys


def say(text: str) -> None:
    """One line of progress."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201
