"""What messages cost this month: the whole house for national admins, the own body for coordinators.

A coordinator's sums leave out what was spent on cases he may not see: a bill that does not add up would betray them.
Whether a cap is nearly used up is decided on everything, and told in three words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.console.outbox import channel_words, payers_of, visible_messages
from tanggap.directory.calendar import WorkingCalendar
from tanggap.directory.models import Agency, Brand
from tanggap.notify.cost import BOOKS, WARN_AT, bounds, caps_on, covers, month_of
from tanggap.notify.models import Cap, Message, Price

MOST_BODIES = 50
MOST_ROWS = 100
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Share:
    """What one channel or one body spent."""

    title: str
    spent: Decimal
    messages: int
    cases: int

    @property
    def per_case(self) -> Decimal | None:
        return self.spent / self.cases if self.cases else None


@dataclass(frozen=True, slots=True)
class CapLine:
    """One cap in force; `state` is ok, warned (80 %) or reached. `spent` is None where only the state may be told."""

    scope: str
    amount: Decimal
    valid_from: date
    state: str
    spent: Decimal | None

    @property
    def percent(self) -> int | None:
        if self.spent is None:
            return None
        return int(self.spent * 100 / self.amount) if self.amount else 100


@dataclass(frozen=True, slots=True)
class Spending:
    """One month so far."""

    month: date
    total: Share
    forecast: Decimal | None
    days_gone: int
    days_in_all: int
    channels: list[Share]
    bodies: list[Share]


def spending_of(actor: Actor, *, now: datetime, calendar: WorkingCalendar) -> Spending:
    """Sums of the paid messages of the present month. Four statements at most."""
    month = month_of(now)
    paid = _paid(actor, month)
    total = _share("", paid.aggregate(**_SUMS))
    channels = [_share(channel_words(row["channel"]), row) for row in _grouped(paid, "channel")]
    bodies = _bodies(paid) if governs_everything(actor) else []
    gone, in_all = working_days(month, now, calendar)
    forecast = total.spent / gone * in_all if gone else None
    return Spending(month, total, forecast, gone, in_all, channels, bodies)


_SUMS = {
    "spent": Sum("cost", default=ZERO),
    "messages": Count("id"),
    "cases": Count("stream", distinct=True, filter=Q(stream__startswith="case:")),
}


def _paid(actor: Actor, month: date) -> QuerySet[Message]:
    start, end = bounds(month)
    rows = Message.objects.all() if governs_everything(actor) else visible_messages(actor)
    return rows.filter(cost__gt=0, sent_at__gte=start, sent_at__lt=end)


def _grouped(paid: QuerySet[Message], column: str) -> list[dict[str, Any]]:
    rows: Any = paid.order_by().values(column)
    return list(rows.annotate(**_SUMS).order_by("-spent", column)[:MOST_BODIES])


def _share(title: str, row: Mapping[str, Any]) -> Share:
    return Share(title, row["spent"], row["messages"], row["cases"])


def _bodies(paid: QuerySet[Message]) -> list[Share]:
    rows = _grouped(paid, "payer")
    names = payer_names(row["payer"] for row in rows)
    return [_share(names[row["payer"]], row) for row in rows]


def payer_names(payers: Iterable[str]) -> dict[str, str]:
    """Bodies by how the outbox names them; one statement."""
    wanted = set(payers)
    ids = {int(number): payer for payer in wanted if (number := payer.removeprefix("agency:")).isdigit()}
    found = {ids[agency.pk]: agency.full_name for agency in Agency.objects.select_related("body").filter(pk__in=ids)}
    return {payer: found.get(payer, payer or "–") for payer in wanted}


def working_days(month: date, now: datetime, calendar: WorkingCalendar) -> tuple[int, int]:
    """Working days of the month until today, today included, and in all."""
    before = month - timedelta(days=1)
    last = bounds(month)[1].astimezone(BOOKS).date() - timedelta(days=1)
    return calendar.count(before, now.astimezone(BOOKS).date()), calendar.count(before, last)


def caps_for(actor: Actor, *, now: datetime) -> list[CapLine]:
    """The caps in force that concern this person, the fullest first. Two statements and one for the names."""
    everything = governs_everything(actor)
    own = set(payers_of(actor))
    caps = [cap for cap in caps_on(now.astimezone(BOOKS).date()) if everything or cap.payer in own or not cap.payer]
    if not caps:
        return []
    spent = _spent_under(caps, month_of(now))
    brands = dict(Brand.objects.values_list("slug", "name")[:MOST_ROWS])
    names = payer_names(cap.payer for cap in caps if cap.payer)
    lines = sorted(caps, key=lambda cap: spent[cap.pk] / cap.amount if cap.amount else Decimal(1), reverse=True)
    return [
        CapLine(_scope(cap, brands, names), cap.amount, cap.valid_from, _state(cap, spent[cap.pk]),
                spent[cap.pk] if everything else None)
        for cap in lines[:MOST_ROWS]
    ]  # fmt: skip


def _spent_under(caps: list[Cap], month: date) -> dict[int, Decimal]:
    start, end = bounds(month)
    paid = Message.objects.filter(cost__gt=0, sent_at__gte=start, sent_at__lt=end)
    if all(cap.payer for cap in caps):
        paid = paid.filter(payer__in={cap.payer for cap in caps})
    spent = {cap.pk: ZERO for cap in caps}
    for row in paid.order_by().values("brand", "payer").annotate(total=Sum("cost")):
        for cap in caps:
            if covers(cap, row["brand"], row["payer"]):
                spent[cap.pk] += row["total"]
    return spent


def _scope(cap: Cap, brands: dict[str, str], names: dict[str, str]) -> str:
    parts = [brands.get(cap.brand, cap.brand) if cap.brand else "", names[cap.payer] if cap.payer else ""]
    return ", ".join(part for part in parts if part)


def _state(cap: Cap, spent: Decimal) -> str:
    if spent >= cap.amount:
        return "reached"
    return "warned" if spent >= cap.amount * WARN_AT else "ok"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A dated price, and whether it is the one in force."""

    channel: str
    amount: Decimal
    valid_from: date
    source: str
    present: bool


def prices(*, now: datetime) -> list[PriceLine]:
    """Dated rows, newest first, at most a hundred."""
    today, present = now.astimezone(BOOKS).date(), set[str]()
    lines = []
    for row in Price.objects.order_by("-valid_from", "channel", "-id")[:MOST_ROWS]:
        is_present = row.valid_from <= today and row.channel not in present
        if is_present:
            present.add(row.channel)
        lines.append(PriceLine(channel_words(row.channel), row.amount, row.valid_from, row.source, is_present))
    return lines
