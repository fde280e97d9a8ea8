"""The process that runs jobs, and takes up again those that a killed worker left half done."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from typing import cast

import django
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

STALLED_AFTER = 30
# How many jobs of a queue run at once. What waits for providers has places of its own: a mail server that answers
# slowly must not hold up the clocks. All together they need a connection each (settings: at most 8).
QUEUES = {"default": 2, "outbox": 3, "inbox": 2}
STOP_SECONDS = 3
POLL_SECONDS = 1.0
SECONDS_BETWEEN_LOOKS = 1.0

logger = logging.getLogger("tanggap.worker")


async def _work() -> None:
    async with app.open_async():
        rescue = asyncio.create_task(_rescue_stalled_jobs())
        workers = [asyncio.create_task(_serve(queue, places)) for queue, places in QUEUES.items()]
        _end_politely(workers)
        try:
            # They come and go together: whichever ends first, the supervisor starts all of them anew.
            done, _others = await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            rescue.cancel()
        for worker in done:
            if not worker.cancelled():
                worker.result()


async def _serve(queue: str, places: int) -> None:
    await app.run_worker_async(
        name=f"worker-{os.getpid()}-{queue}",
        queues=[queue],
        concurrency=places,
        install_signal_handlers=False,
        shutdown_graceful_timeout=STOP_SECONDS,
        # A new job is looked for: its announcement would make all commits wait for each other (ADR 0008).
        listen_notify=False,
        fetch_job_polling_interval=POLL_SECONDS,
        delete_jobs="successful",
    )


def _end_politely(workers: list[asyncio.Task[None]]) -> None:
    """SIGTERM and SIGINT end all of them at the same time: one after the other would take too long."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, lambda: [worker.cancel() for worker in workers])


async def _rescue_stalled_jobs() -> None:
    """Jobs are idempotent: one whose worker has stopped telling that it lives is simply run again."""
    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
                await _take_up(job)
                logger.warning("job of a lost worker is run again", extra={"job": job.id, "task": job.task_name})
        except Exception:
            # The database may be restarting; the next round asks again.
            logger.warning("stalled jobs could not be looked for", exc_info=True)
        await asyncio.sleep(STALLED_AFTER / 2)


async def _take_up(job: Job) -> None:
    """Run it again, unless a successor waits already: the lost one would then hold its lock for ever.

    Of jobs that share a queueing lock one alone may wait, so a lost one cannot go back into the line behind another;
    and while it counts as running, the one that waits for its lock never starts.
    """
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)


def _leave_with_parent(parent: int) -> None:
    """End when the supervisor is gone and a polite stop did not get through.

    The signal that tells of its death can fall into the moment before anybody listens for it, or find us waiting for
    a database that went away with it: then nothing else would ever end this process.
    """
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    time.sleep(STOP_SECONDS)
    os._exit(1)


def main() -> None:
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    django.setup()
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector):
        asyncio.run(_work())


if __name__ == "__main__":
    os.umask(0o077)
    main()
