"""How the providers do: one that does not answer is left alone for a while, and nothing else waits for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tanggap.notify.delivery.claiming import BATCH, Closed
from tanggap.notify.models import ChannelHealth
from tanggap.notify.transports.registry import Providers

LONGEST_PAUSE = timedelta(minutes=15)
LONGEST_ASKED = timedelta(hours=1)
# Whoever reads from the same provider writes the other columns meanwhile.
_OURS = ["failures", "failing_since", "retry_at", "last_out_at", "last_error", "last_error_at"]


def pause(failures: int, asked: float | None = None) -> timedelta:
    """1, 2, 4, 8, then 15 minutes; longer where the provider named a time, up to an hour."""
    own = min(timedelta(minutes=2 ** max(min(failures, 10) - 1, 0)), LONGEST_PAUSE)
    return own if asked is None else max(own, min(timedelta(seconds=asked), LONGEST_ASKED))


class Health:
    """The state of one channel's providers during a call of `deliver`."""

    def __init__(self, providers: Providers) -> None:
        self._providers = providers
        rows = ChannelHealth.objects.filter(channel=providers.channel)
        self._rows = {row.brand: row for row in rows}

    def closed(self, now: datetime) -> Closed:
        """Whom not to ask now."""
        shut = {brand for brand, row in self._rows.items() if row.retry_at is not None and row.retry_at > now}
        own = list(self._providers.rows)
        return Closed(brands=sorted(shut & set(own)), own=own, others=self._providers.usual in shut)

    def batch(self, now: datetime) -> int:
        """One message to see whether a provider is back; many once it is."""
        back = (row for row in self._rows.values() if row.failures)
        return 1 if any(row.retry_at is None or row.retry_at <= now for row in back) else BATCH

    def failed(self, provider: str, *, error: str, asked: float | None, now: datetime) -> None:
        """Leave it alone for a while."""
        row = self._row(provider)
        row.failures += 1
        row.failing_since = row.failing_since or now
        row.retry_at = now + pause(row.failures, asked)
        row.last_error, row.last_error_at = error[:200], now
        row.save(update_fields=_OURS)

    def answered(self, provider: str, now: datetime) -> None:
        """It took something: whatever was wrong is over. Written at most once a minute while all is well."""
        row = self._row(provider)
        fresh = row.last_out_at is not None and now - row.last_out_at < timedelta(minutes=1)
        if fresh and not row.failures:
            return
        row.failures, row.failing_since, row.retry_at, row.last_out_at = 0, None, None, now
        row.save(update_fields=_OURS)

    def _row(self, provider: str) -> ChannelHealth:
        if provider not in self._rows:
            self._rows[provider], _made = ChannelHealth.objects.get_or_create(
                brand=provider, channel=self._providers.channel
            )
        return self._rows[provider]
