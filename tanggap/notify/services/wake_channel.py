"""Telling the worker that a channel has something to send."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

log = structlog.get_logger(__name__)
TASK = "deliver"
QUEUE = "outbox"


def wake_channels(channels: Iterable[str]) -> None:
    """Defer the job `deliver` of each channel when the caller's transaction is committed.

    Not inside it: the job's name may wait only once, so two long transactions writing to the same channel would wait
    for each other, and a job that starts before the commit would not see the rows. What a crash loses in between,
    the clock makes good within a minute.
    """
    for channel in sorted(channels):
        transaction.on_commit(lambda name=channel: _defer(name), robust=True)  # type: ignore[misc]


def _defer(channel: str) -> None:
    name = f"deliver:{channel}"
    job = app.configure_task(TASK, queue=QUEUE, lock=name, queueing_lock=name)
    try:
        with transaction.atomic():
            job.defer(channel=channel)
    except AlreadyEnqueued:
        log.debug("outbox.awake", channel=channel)
