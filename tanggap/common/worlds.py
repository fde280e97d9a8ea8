"""In which world a piece of work runs: the real one, or the sandbox of training mode.

The sandbox has tables of its own under the same names (`console/training/`). What a process remembers of the database
must be remembered per world, or an invented agency would turn up on a real page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

REAL: Final = ""
SANDBOX: Final = "latihan"
_world: ContextVar[str] = ContextVar("world", default=REAL)


def world() -> str:
    """Where this thread works now."""
    return _world.get()


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Work there until the block ends, however it ends."""
    token = _world.set(name)
    try:
        yield
    finally:
        _world.reset(token)
