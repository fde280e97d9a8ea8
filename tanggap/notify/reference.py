"""What messages cost where nobody has said otherwise: estimates, to be replaced by an agency's own contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tanggap.notify.models import Price

SINCE = date(2015, 1, 1)
_ESTIMATE = "Taksiran kami, bukan tarif resmi; ganti dengan harga kontrak Anda"
_FREE = "Tanpa biaya per pesan; biaya peladen tidak dihitung"
PRICES: dict[str, tuple[str, str]] = {
    "email": ("0", _FREE),
    "telegram": ("0", _FREE),
    "webpush": ("0", _FREE),
    "webhook": ("0", _FREE),
    "sms": ("500", _ESTIMATE),
    "whatsapp": ("400", _ESTIMATE),
}


def load(progress: Callable[[str], object]) -> int:
    """Add the prices that are missing; one that was changed is left as it is. Returns the rows written."""
    written = 0
    for channel, (amount, source) in PRICES.items():
        _row, created = Price.objects.get_or_create(
            channel=channel, valid_from=SINCE, defaults={"amount": Decimal(amount), "source": source}
        )
        written += created
    progress(f"harga pesan: {written} baris")
    return written
