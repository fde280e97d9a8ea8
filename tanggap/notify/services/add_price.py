"""What one message of a channel costs from a day on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.ledger.services.record import record
from tanggap.notify.models import Channel, Price
from tanggap.notify.spending_limits import MOST_PRICE, check_amount, check_day


@transaction.atomic
def add_price(*, channel: str, amount: Decimal, valid_from: date, source: str, actor_key: str, now: datetime) -> Price:
    """Add the dated row; earlier ones stay. Raises Invalid, naming the field."""
    if channel not in Channel.values:
        raise Invalid(_("Pilih kanal dari daftar."), field="channel")
    check_amount(amount, MOST_PRICE)
    check_day(valid_from, now)
    source = " ".join(source.split())[:200]
    if not source:
        raise Invalid(_("Sebut sumber harganya, misalnya nomor kontrak."), field="source")
    try:
        with transaction.atomic():
            row = Price.objects.create(channel=channel, amount=amount, valid_from=valid_from, source=source)
    except IntegrityError as error:
        words = _("Sudah ada harga kanal ini untuk tanggal itu. Pilih tanggal lain.")
        raise Invalid(words, field="valid_from") from error
    data = {"channel": channel, "amount": str(amount), "valid_from": valid_from.isoformat(), "source": source}
    record("price.added", stream=f"price:{channel}", actor=actor_key, at=now, data=data, react=False)
    return row
