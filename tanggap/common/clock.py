"""The one place that asks what time it is, so that a sweep or a test can choose the answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)


def now() -> datetime:
    """The present moment in UTC, or the moment chosen by the innermost `frozen`."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Let `now()` answer `at` within the block, in this thread or task only.

    Raises ValueError for a time without a zone: it would mean another moment on every machine.
    """
    if at.tzinfo is None:
        raise ValueError("a frozen time needs a time zone")
    moment = at.astimezone(UTC)
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)
