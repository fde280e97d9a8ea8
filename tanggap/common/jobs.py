"""Jobs of a channel of which one may wait and one may run: deferred once a transaction is committed."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import datetime

import structlog
from django.db import IntegrityError, connection, transaction

from tanggap.common.statements import run_prepared

log = structlog.get_logger(__name__)
# Where the job waits already, nothing is written: a busy channel is woken hundreds of times a second.
_DEFER = """
    SELECT procrastinate_defer_jobs_v1(ARRAY[
        ROW($1::text, $2::text, 0, $3::text, $3::text, $4::jsonb, $5::timestamptz)::procrastinate_job_to_defer_v1
    ])
    WHERE NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = $3::text AND status = 'todo')
"""


def wake_after_commit(*, task: str, queue: str, channel: str, at: datetime | None = None) -> None:
    """Defer `task` for a channel when the caller's transaction is committed; `task:channel` is its lock and its place
    in the line. With `at` it waits until then.

    Not inside it: that name may wait only once, so two long transactions that wake the same job would wait for each
    other, and a job that starts before the commit would not see the rows. What a crash loses in between, a job by
    the clock makes good.
    """
    transaction.on_commit(lambda: _defer(task, queue, channel, at), robust=True)


def _defer(task: str, queue: str, channel: str, at: datetime | None) -> None:
    """One job of a name waits and one runs, never more; by procrastinate's own function, in a worker too."""
    name = f"{task}:{channel}"
    try:
        # A statement outside a transaction is one; inside, a savepoint keeps a refusal from spoiling it.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            run_prepared(_DEFER, [queue, task, name, json.dumps({"channel": channel}), at])
    except IntegrityError:
        log.debug("job.awake", name=name)
