"""Whether the instance lives (`/healthz`) and whether it can do its work (`/readyz`)."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

WORKER_SILENT_AFTER = 60
"""Seconds; a worker tells that it lives every ten."""
LEAST_FREE_BYTES = 500 * 1024 * 1024


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, worker and disk are in order, else 503; names which is not."""
    checks: dict[str, Callable[[], bool]] = {"database": database, "worker": worker, "disk": disk}
    found = {name: "ok" if check() else "failing" for name, check in checks.items()}
    status = 200 if set(found.values()) == {"ok"} else 503
    return JsonResponse(found, status=status, headers={"Cache-Control": "no-store"})


def database() -> bool:
    """The database answers."""
    return _answer("SELECT true")


def worker() -> bool:
    """A worker has told within the last minute that it lives."""
    return _answer(
        "SELECT max(last_heartbeat) > now() - make_interval(secs => %s) FROM procrastinate_workers", WORKER_SILENT_AFTER
    )


def disk() -> bool:
    """There is room for attachments and for the database to write."""
    try:
        return shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE_BYTES
    except OSError:
        return False


def _answer(statement: str, *parameters: int) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            row = cursor.fetchone()
    except DatabaseError:
        return False
    return bool(row and row[0])
