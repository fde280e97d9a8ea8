"""While somebody floods us, a new case is worked or waited for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tanggap.cases.guarding import proves, work_for
from tanggap.cases.models import IntakeCount
from tanggap.cases.selectors.receipts import receipt_of_key
from tanggap.cases.services.count_intake import count_intake
from tanggap.common.crypto import blind_index
from tanggap.common.errors import TooMany

WAITS = timedelta(days=1)


def guard_intake(*, key: str, proof: str, address: str, now: datetime, device: str = "") -> None:
    """Let the report with this key pass: nothing is asked while the guard is off, or when it was taken before.

    Without a proof the first attempt is noted, and the same report passes after the wait; so many of an address as
    the limit `web-wait` allows. Raises TooMany, which says how long. Call it outside any transaction.
    """
    work = work_for(key, now)
    if work is None or proves(key, proof, now) or receipt_of_key(key, now=now) is not None:
        return
    digest = blind_index("intake-wait", key)
    first = IntakeCount.objects.filter(source_digest=digest, period_starts_at__gt=now - WAITS).first()
    if first is None:
        count_intake(channel="web-wait", address=address, device=device, now=now)
        IntakeCount.objects.create(source_digest=digest, period_starts_at=now, amount=0)
    waited = (now - first.period_starts_at).total_seconds() if first else 0.0
    if waited < work.wait_seconds:
        left = max(1, int(work.wait_seconds - waited))
        raise TooMany(
            _("Sedang sangat banyak kiriman. Tunggu %(n)d detik, lalu tekan Kirim sekali lagi. Tulisan Anda tetap ada.")
            % {"n": left},
            code="wait",
            retry_after=left,
        )
