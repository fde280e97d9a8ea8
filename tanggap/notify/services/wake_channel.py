"""Telling the worker that a channel has something to send."""

from __future__ import annotations

import json
from collections.abc import Iterable

import structlog
from django.db import IntegrityError, connection, transaction

log = structlog.get_logger(__name__)
TASK = "deliver"
QUEUE = "outbox"
_DEFER = """
    SELECT procrastinate_defer_jobs_v1(ARRAY[
        ROW(%s, %s, 0, %s, %s, %s::jsonb, NULL)::procrastinate_job_to_defer_v1
    ])
"""


def wake_channels(channels: Iterable[str]) -> None:
    """Defer the job `deliver` of each channel when the caller's transaction is committed.

    Not inside it: the job's name may wait only once, so two long transactions writing to the same channel would wait
    for each other, and a job that starts before the commit would not see the rows. What a crash loses in between,
    the clock makes good within a minute.
    """
    for channel in sorted(channels):
        transaction.on_commit(lambda name=channel: _defer(name), robust=True)  # type: ignore[misc]


def _defer(channel: str) -> None:
    """One job of a channel waits and one runs, never more; by procrastinate's own function, in a worker too."""
    name = f"{TASK}:{channel}"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_DEFER, [QUEUE, TASK, name, name, json.dumps({"channel": channel})])
    except IntegrityError:
        log.debug("outbox.awake", channel=channel)
