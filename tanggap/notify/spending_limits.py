"""What a price and a cap must keep to."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from tanggap.common import formats
from tanggap.common.errors import Invalid
from tanggap.notify.cost import BOOKS

MOST_PRICE = Decimal(1_000_000)
MOST_CAP = Decimal(100_000_000_000)


def check_amount(amount: Decimal, most: Decimal) -> None:
    """Raises Invalid for no amount of rupiah."""
    if not (amount.is_finite() and 0 <= amount <= most):
        words = _("Tulis jumlah rupiah antara 0 dan %(most)s.") % {"most": formats.number(most)}
        raise Invalid(words, field="amount")


def check_day(valid_from: date, now: datetime) -> None:
    """Raises Invalid for a day gone by: what was sent then was counted as it stood then."""
    if valid_from < now.astimezone(BOOKS).date():
        raise Invalid(_("Tanggal berlakunya hari ini atau sesudahnya."), field="valid_from")
