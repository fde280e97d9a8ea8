"""Telling who answers for the money that a month's cap on messages is nearly, or wholly, used up."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tanggap.accounts.roles import Role
from tanggap.accounts.selectors import PostHolder, holders_of
from tanggap.common import formats
from tanggap.common.links import absolute
from tanggap.directory.models import Agency, Brand
from tanggap.directory.selectors import root_agency
from tanggap.ledger.models import Event
from tanggap.notify.cost import BOOKS
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.services.enqueue import enqueue_many


@transaction.atomic
def warn_of_cap(*, event_id: int, now: datetime) -> int:
    """One mail to each coordinator of who pays, or to the national admins; how many. Running twice sends once."""
    event = Event.objects.get(pk=event_id)
    agency = _whose(event.data["payer"], event.data["brand"])
    values = _values(event, agency)
    holders = _holders(agency, now.astimezone(BOOKS).date())
    outgoings = [
        Outgoing(
            key=f"event:{event.pk}:{holder.person.key}",
            source=f"event:{event.pk}",
            template="cap_warning",
            ways=[Way("email", holder.person.email or "")],
            due_at=now,
            not_before=now,
            values=values,
            recipient_key=holder.person.key,
            recipient_name=holder.person.name,
            recipient_role=holder.role,
        )
        for holder in holders
    ]
    return len(enqueue_many(outgoings, now=now))


def _whose(payer: str, brand: str) -> Agency:
    """The agency that pays; the whole instance where a cap names nobody."""
    if payer.startswith("agency:"):
        return Agency.objects.get(pk=int(payer.removeprefix("agency:")))
    row = Brand.objects.filter(slug=brand).select_related("agency").first()
    return row.agency if row is not None and row.agency is not None else root_agency()


def _holders(agency: Agency, on: date) -> list[PostHolder]:
    own = [] if agency == root_agency() else holders_of(Role.COORDINATOR, agency, on=on)
    return own or holders_of(Role.NATIONAL_ADMIN, root_agency(), on=on)


def _values(event: Event, agency: Agency) -> dict[str, str]:
    amount, spent = Decimal(event.data["amount"]), Decimal(event.data["spent"])
    month = date.fromisoformat(event.data["month"])
    percent = int(spent * 100 / amount) if amount else 100
    return {
        "agency": agency.full_name,
        "month": f"{formats.MONTHS['id'][month.month - 1]} {month.year}",
        "percent": str(percent),
        "spent": formats.number(spent, digits=0),
        "amount": formats.number(amount, digits=0),
        "link": absolute("/kerja/pesan/biaya/"),
    }
