"""A new limit, for everybody or for one agency and what is below it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs, governs_everything
from tanggap.cases.deadlines import LimitRow
from tanggap.cases.limit_changes import Wish, plan_limit
from tanggap.cases.models import DeadlinePolicy
from tanggap.common.errors import Forbidden
from tanggap.directory import cache
from tanggap.ledger.models import Event
from tanggap.ledger.services.record import record

CHANGED = "policy.changed"


@transaction.atomic
def change_limit(*, wish: Wish, actor: Actor, now: datetime) -> Event:
    """Save a limit from a day on, ending the row before it; the event leads to the re-computation of open limits.

    Raises Forbidden (another's agency), Invalid (in the past, laxer than what is inherited, no legal basis).
    """
    allowed = governs(actor, wish.agency) if wish.agency else governs_everything(actor)
    if not allowed:
        raise Forbidden(_("Aturan instansi ini bukan wewenang Anda."))
    # Locked, so that two people who change the same limit come one after the other.
    list(DeadlinePolicy.objects.select_for_update().filter(clock=wish.clock).order_by("pk").values_list("pk"))
    cache.clear()
    edit = plan_limit(wish, now=now)
    for row in edit.before:
        DeadlinePolicy.objects.filter(**_place(row)).delete()
    DeadlinePolicy.objects.bulk_create(
        DeadlinePolicy(
            **_place(row),
            amount=row.limit.amount,
            unit=row.limit.unit,
            valid_until=row.valid_until,
            source=row.source,
        )
        for row in edit.after
    )
    cache.clear()
    stream = f"policy:{wish.agency_id or 'national'}"
    data = {"agency_id": wish.agency_id, "edit": edit.as_json()}
    return record(CHANGED, stream=stream, actor=actor.key, at=now, data=data)


def _place(row: LimitRow) -> dict[str, object]:
    return {
        "clock": row.clock,
        "classification": row.classification,
        "agency_id": row.agency_id,
        "urgent": row.urgent,
        "valid_from": row.valid_from,
    }
