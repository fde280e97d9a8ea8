"""How much one source may hand in: counted without keeping who it was, and never in the way of intake."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError
from django.utils.translation import gettext as _

from tanggap.cases.guarding import guard_is_on, refuse_blocked
from tanggap.cases.models import IntakeCount, IntakeLimit
from tanggap.cases.sources import DEED_DIGEST, DEVICE, INTAKE, source_digest
from tanggap.cases.workflow import Channel
from tanggap.common.errors import TooMany
from tanggap.common.statements import run_prepared
from tanggap.directory.cache import revision_cached

KEPT = timedelta(days=1)
SECONDS_BETWEEN_PURGES = 3600.0

# One statement that commits by itself. The table is unlogged, so its commit waits for no disk.
_COUNT = """
    INSERT INTO cases_intakecount AS kept (source_digest, period_starts_at, amount) VALUES ($1, $2, 1)
    ON CONFLICT (source_digest, period_starts_at) DO UPDATE SET amount = kept.amount + 1
    RETURNING amount
"""

logger = logging.getLogger("tanggap.intake")


def count_intake(*, channel: str, address: str, now: datetime, device: str = "") -> None:
    """Count one more case, or another deed with a row of its own, from this address and from this device.

    Raises TooMany when that is more than a row allows, or where the source is blocked. Rows are named by the channel
    (`web`), by channel and device (`web-device`), and `web-busy` while the guard is on. Call it outside any
    transaction: the submission's own would hold the row of a busy source until its commit. What has no row has no
    limit. A counter that fails is logged and lets the case through.
    """
    try:
        refuse_blocked(address, device, now)
        _count(_limit(channel, now), _source(INTAKE, channel, address, now), now)
        if device:
            _count(_limits().get(f"{channel}-device"), _source(DEVICE, channel, device, now), now)
        _purge(now)
    except DatabaseError as error:
        logger.warning("intake could not be counted", exc_info=error)


def _source(kind: str, channel: str, source: str, now: datetime) -> bytes:
    """New cases are counted together, whatever door they come by; every other deed apart."""
    if channel in set(Channel):
        return source_digest(source, now, kind=kind)
    return source_digest(source, now, kind=f"{kind}:{channel}")[:DEED_DIGEST]


def _limit(channel: str, now: datetime) -> tuple[int, int] | None:
    limits = _limits()
    busy = limits.get(f"{channel}-busy")
    return busy if busy is not None and guard_is_on(now) else limits.get(channel)


def _count(limit: tuple[int, int] | None, source: bytes, now: datetime) -> None:
    if limit is None:
        return
    amount, seconds = limit
    start = int(now.timestamp()) // seconds * seconds
    if _counted(source, datetime.fromtimestamp(start, UTC)) > amount:
        wait = max(1, start + seconds - int(now.timestamp()))
        raise TooMany(
            _("Terlalu banyak kiriman dari jaringan ini dalam waktu singkat. Coba lagi %(n)d detik lagi.")
            % {"n": wait},
            code="too_many_cases",
            retry_after=wait,
        )


@revision_cached
def _limits() -> dict[str, tuple[int, int]]:
    rows = IntakeLimit.objects.values_list("channel", "amount", "seconds")
    return {channel: (amount, max(seconds, 1)) for channel, amount, seconds in rows}


def _counted(source: bytes, period: datetime) -> int:
    return int(run_prepared(_COUNT, (source, period))[0])


class _Purging:
    """When this process last threw old counts away."""

    lock = threading.Lock()
    at = time.monotonic()


def _purge(now: datetime) -> None:
    """Once an hour and process, counts older than a day go; their digests mean nothing any more."""
    with _Purging.lock:
        if time.monotonic() - _Purging.at < SECONDS_BETWEEN_PURGES:
            return
        _Purging.at = time.monotonic()
    IntakeCount.objects.filter(period_starts_at__lt=now - KEPT).delete()
