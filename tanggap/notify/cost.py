"""What messages cost and who may still spend: dated prices, monthly caps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum

from tanggap.ledger.models import Event
from tanggap.ledger.services.record import record
from tanggap.notify.models import Cap, Message, Price

# A month begins where the state's books do.
BOOKS = ZoneInfo("Asia/Jakarta")
WARN_AT = Decimal("0.8")
FREE = Decimal(0)
WARNED = "cap.warned"
REACHED = "cap.reached"


def month_of(moment: datetime) -> date:
    """The first day of the month that a message sent at `moment` is counted in."""
    return moment.astimezone(BOOKS).date().replace(day=1)


def bounds(month: date) -> tuple[datetime, datetime]:
    """When a month begins and when the next one does."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return datetime.combine(month, time(), BOOKS), datetime.combine(following, time(), BOOKS)


def prices_on(day: date) -> dict[str, Decimal]:
    """What one message of each channel costs on a day; a channel without a row costs nothing."""
    rows = Price.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {row.channel: row.amount for row in rows}


def caps_on(day: date) -> list[Cap]:
    """The caps in force on a day, the newest of each brand and payer."""
    rows = Cap.objects.filter(valid_from__lte=day).order_by("valid_from")
    return list({(row.brand, row.payer): row for row in rows}.values())


def covers(cap: Cap, brand: str, payer: str) -> bool:
    """Whether a message of this brand and payer counts against the cap; empty means all."""
    return cap.brand in ("", brand) and cap.payer in ("", payer)


class Budget:
    """Prices and caps during one call of `deliver`, in three statements; what this call spends is added up here."""

    def __init__(self, now: datetime) -> None:
        self._began = now
        self.month = month_of(now)
        self.prices = prices_on(now.astimezone(BOOKS).date())
        self._caps = {cap.pk: cap for cap in caps_on(now.astimezone(BOOKS).date())}
        self._spent = dict.fromkeys(self._caps, FREE)
        self._told: set[tuple[str, int]] = set()
        if self._caps:
            self._add_up()

    def price(self, channel: str) -> Decimal:
        return self.prices.get(channel, FREE)

    def is_spent(self, brand: str, payer: str) -> bool:
        """Whether a cap over this message is used up; who answers for it hears so, however it came about."""
        spent = [cap for cap in self._over(brand, payer) if self._spent[cap.pk] >= cap.amount]
        for cap in spent:
            self._tell(REACHED, cap, self._began)
        return bool(spent)

    def add(self, brand: str, payer: str, cost: Decimal, *, now: datetime) -> None:
        """Count what was spent; a cap nearly or wholly used up is told once a month."""
        for cap in self._over(brand, payer):
            self._spent[cap.pk] += cost
            if self._spent[cap.pk] >= cap.amount:
                self._tell(REACHED, cap, now)
            elif self._spent[cap.pk] >= cap.amount * WARN_AT:
                self._tell(WARNED, cap, now)

    def _over(self, brand: str, payer: str) -> Iterable[Cap]:
        return (cap for cap in self._caps.values() if covers(cap, brand, payer))

    def _add_up(self) -> None:
        start, end = bounds(self.month)
        paid = Message.objects.filter(cost__isnull=False, sent_at__gte=start, sent_at__lt=end)
        if all(cap.payer for cap in self._caps.values()):
            paid = paid.filter(payer__in={cap.payer for cap in self._caps.values()})
        for row in paid.order_by().values("brand", "payer").annotate(total=Sum("cost")):
            for cap in self._over(row["brand"], row["payer"]):
                self._spent[cap.pk] += row["total"]

    def _tell(self, name: str, cap: Cap, now: datetime) -> None:
        if (name, cap.pk) in self._told:
            return
        self._told.add((name, cap.pk))
        tell_once(name, cap, month=self.month, spent=self._spent[cap.pk], now=now)


@transaction.atomic
def tell_once(name: str, cap: Cap, *, month: date, spent: Decimal, now: datetime) -> bool:
    """The event that a cap is nearly or wholly used up, once a month; whether it was written now."""
    Cap.objects.select_for_update().get(pk=cap.pk)
    stream = f"cap:{cap.pk}"
    if Event.objects.filter(stream=stream, name=name, data__month=month.isoformat()).exists():
        return False
    data = {
        "month": month.isoformat(), "brand": cap.brand, "payer": cap.payer,
        "amount": str(cap.amount), "spent": str(spent),
    }  # fmt: skip
    record(name, stream=stream, actor="outbox", at=now, data=data)
    return True
