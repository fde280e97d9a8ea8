"""How much one source may hand in: counted without keeping who it was, and never in the way of intake."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.db import DatabaseError
from django.utils.translation import gettext as _

from tanggap.cases.models import IntakeCount, IntakeLimit
from tanggap.common.crypto import blind_index
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


def count_intake(*, channel: str, address: str, now: datetime) -> None:
    """Count one more case from this address. Raises TooMany when that is more than the channel's row allows.

    Call it outside any transaction: the submission's own would hold the row of a busy source until its commit. A
    channel without a row has no limit. A counter that fails is logged and lets the case through.
    """
    try:
        limit = _limits().get(channel)
        if limit is None:
            return
        amount, seconds = limit
        start = int(now.timestamp()) // seconds * seconds
        counted = _counted(source_digest(address, now), datetime.fromtimestamp(start, UTC))
        _purge(now)
    except DatabaseError as error:
        logger.warning("intake could not be counted", exc_info=error)
        return
    if counted > amount:
        wait = max(1, start + seconds - int(now.timestamp()))
        raise TooMany(
            _("Terlalu banyak laporan dari jaringan ini dalam waktu singkat. Coba lagi %(n)d detik lagi.")
            % {"n": wait},
            code="too_many_cases",
            retry_after=wait,
        )


def source_digest(address: str, now: datetime) -> bytes:
    """A keyed digest of the address and the day: the same tomorrow is another, and no address is kept.

    An IPv6 subscriber has a whole /64, which counts as one.
    """
    try:
        place = ip_address(address)
    except ValueError:
        network = address[:100]
    else:
        if isinstance(place, IPv6Address) and place.ipv4_mapped is None:
            network = f"{int(place) >> 64:x}/64"
        else:
            network = str(getattr(place, "ipv4_mapped", None) or place)
    return blind_index("intake-source", f"{now.astimezone(UTC).date().isoformat()}:{network}")


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
