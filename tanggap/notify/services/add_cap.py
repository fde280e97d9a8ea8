"""How much may be spent in a month from a day on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.ledger.services.record import record
from tanggap.notify.models import Cap
from tanggap.notify.spending_limits import MOST_CAP, check_amount, check_day


@transaction.atomic
def add_cap(*, brand: str, payer: str, amount: Decimal, valid_from: date, actor_key: str, now: datetime) -> Cap:
    """For a brand, a paying body (`agency:12`), or both together; empty means all. Raises Invalid, naming the field."""
    check_amount(amount, MOST_CAP)
    check_day(valid_from, now)
    try:
        with transaction.atomic():
            row = Cap.objects.create(brand=brand, payer=payer, amount=amount, valid_from=valid_from)
    except IntegrityError as error:
        words = _("Sudah ada batas untuk merek dan instansi itu pada tanggal itu. Pilih tanggal lain.")
        raise Invalid(words, field="valid_from") from error
    data = {"brand": brand, "payer": payer, "amount": str(amount), "valid_from": valid_from.isoformat()}
    record("cap.added", stream=f"cap:{row.pk}", actor=actor_key, at=now, data=data, react=False)
    return row
