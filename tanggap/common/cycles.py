"""Bulk work without the interpreter's search for reference cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_cycles() -> Iterator[None]:
    """For work that makes many small objects and no cycles: looking through them again and again takes a third of the
    time. What forms a cycle meanwhile waits for the first search afterwards."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
