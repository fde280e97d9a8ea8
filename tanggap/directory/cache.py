"""A per-process cache of reference data that empties itself when the data changes."""

from __future__ import annotations

import functools
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection

from tanggap.common.worlds import world

P = ParamSpec("P")
R = TypeVar("R")

SECONDS_BETWEEN_CHECKS = 1.0
MOST_ENTRIES = 50_000


class _Store:
    """Every cached answer of this process, valid for one revision number."""

    def __init__(self) -> None:
        self.entries: dict[Hashable, Any] = {}
        self.revision: int | None = None
        self.checked_at = float("-inf")
        self.lock = threading.Lock()

    def fresh(self) -> dict[Hashable, Any]:
        """The entries, replaced by none when the revision is another than theirs."""
        if time.monotonic() - self.checked_at < SECONDS_BETWEEN_CHECKS:
            return self.entries
        revision = _revision()
        with self.lock:
            if revision != self.revision or len(self.entries) > MOST_ENTRIES:
                self.entries, self.revision = {}, revision
            self.checked_at = time.monotonic()
            return self.entries


def _revision() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM directory_referencerevision")
        row = cursor.fetchone()
    return None if row is None else int(row[0])


_stores: defaultdict[str, _Store] = defaultdict(_Store)


def _store() -> _Store:
    """That of the present world: what is invented in the sandbox must not be remembered outside."""
    return _stores[world()]


def revision_cached(fn: Callable[P, R]) -> Callable[P, R]:
    """Remember answers by arguments until the reference data changes (noticed within a second).

    Return values only: a queryset or a row that somebody alters would be shared by every thread.
    """
    name = f"{fn.__module__}.{fn.__qualname__}"

    @functools.wraps(fn)
    def cached(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (name, args, tuple(sorted(kwargs.items())))
        entries = _store().fresh()
        if key not in entries:
            entries[key] = fn(*args, **kwargs)
        return cast("R", entries[key])

    return cached


def remember(fn: Callable[..., R], value: R, *args: Hashable) -> None:
    """Keep the answer of a `revision_cached` function that was found another way, such as many in one statement."""
    _store().fresh()[(f"{fn.__module__}.{fn.__qualname__}", args, ())] = value


def clear() -> None:
    """Forget everything: for a service that has just changed the data, and for tests."""
    store = _store()
    with store.lock:
        store.entries, store.revision, store.checked_at = {}, None, float("-inf")
