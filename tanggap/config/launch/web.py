"""The web server's first process: loads the application once, then granian forks its workers from it.

Forking after loading lets the workers share the code's memory: two of them cost little more than one.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from importlib import import_module

from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.server import MPServer


def main(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM."""
    multiprocessing.set_start_method("fork")
    _load()
    server = MPServer(
        "tanggap.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backlog=1024,
        # Requests beyond this wait in the kernel's queue instead of in our memory.
        backpressure=64,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=3,
        log_dictconfig=settings.LOGGING,
    )
    server.serve()


def _load() -> None:
    """Import what every request needs, before the fork, without opening a connection or starting a thread."""
    import_module("tanggap.config.wsgi")
    get_resolver().url_patterns  # noqa: B018 - imports every view
    engines.all()
    gc.collect()
    # Objects of before the fork are left out of collections, which would otherwise write to their shared pages.
    gc.freeze()


if __name__ == "__main__":
    os.umask(0o077)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
