"""Jobs of which one may wait and one may run: deferred once a transaction is committed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import IntegrityError, connection, transaction

log = structlog.get_logger(__name__)
_DEFER = """
    SELECT procrastinate_defer_jobs_v1(ARRAY[
        ROW(%s, %s, 0, %s, %s, %s::jsonb, NULL)::procrastinate_job_to_defer_v1
    ])
"""


def wake_after_commit(*, task: str, queue: str, name: str, arguments: Mapping[str, Any]) -> None:
    """Defer `task` when the caller's transaction is committed; `name` is its lock and its place in the line.

    Not inside it: the name may wait only once, so two long transactions that wake the same job would wait for each
    other, and a job that starts before the commit would not see the rows. What a crash loses in between, a job by
    the clock makes good.
    """
    transaction.on_commit(lambda: _defer(task, queue, name, arguments), robust=True)


def _defer(task: str, queue: str, name: str, arguments: Mapping[str, Any]) -> None:
    """One job of a name waits and one runs, never more; by procrastinate's own function, in a worker too."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_DEFER, [queue, task, name, name, json.dumps(dict(arguments))])
    except IntegrityError:
        log.debug("job.awake", name=name)
