"""Telling the worker that a channel has something to send."""

from __future__ import annotations

from collections.abc import Iterable

from tanggap.common.jobs import wake_after_commit

TASK = "deliver"
QUEUE = "outbox"


def wake_channels(channels: Iterable[str]) -> None:
    """Defer the job `deliver` of each channel when the caller's transaction is committed."""
    for channel in sorted(channels):
        wake_after_commit(task=TASK, queue=QUEUE, channel=channel)
