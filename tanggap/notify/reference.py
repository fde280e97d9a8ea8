"""What messages cost where nobody has said otherwise: estimates, to be replaced by an agency's own contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import transaction

from tanggap.notify.models import ChannelConfig, Price
from tanggap.notify.services.configure_channel import configure_channel
from tanggap.notify.transports.registry import settings_of

SINCE = date(2015, 1, 1)
_ESTIMATE = "Taksiran kami, bukan tarif resmi; ganti dengan harga kontrak Anda"
_FREE = "Tanpa biaya per pesan; biaya peladen tidak dihitung"
PRICES: dict[str, tuple[str, str]] = {
    "email": ("0", _FREE),
    "telegram": ("0", _FREE),
    "webpush": ("0", _FREE),
    "webhook": ("0", _FREE),
    "facebook": ("0", _FREE),
    "instagram": ("0", _FREE),
    "x": ("250", _ESTIMATE),
    "sms": ("500", _ESTIMATE),
    "whatsapp": ("400", _ESTIMATE),
}


def load(progress: Callable[[str], object]) -> int:
    """Add the prices that are missing; one that was changed is left as it is. Returns the rows written."""
    written = split_social()
    for channel, (amount, source) in PRICES.items():
        _row, created = Price.objects.get_or_create(
            channel=channel, valid_from=SINCE, defaults={"amount": Decimal(amount), "source": source}
        )
        written += created
    progress(f"harga pesan: {written} baris")
    return written


@transaction.atomic
def split_social() -> int:
    """Meta and X once shared one row a brand, and the later hid the earlier: it becomes a row of its channel.

    Here and not in a migration, because the settings are sealed under the name of their row.
    """
    rows = list(ChannelConfig.objects.select_for_update().filter(channel="social"))
    for row in rows:
        settings = settings_of(row)
        kind = settings.pop("kind", "")
        # An account of Meta without its page could never send or be told from another brand's.
        if kind in ("meta", "x") and (kind == "x" or settings.get("page_id")):
            configure_channel(kind=kind, brand=row.brand, settings=settings, now=row.updated_at)
        row.delete()
    return len(rows)
