"""Changes of calendars and limits, and what each did to the open cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanggap.cases.models import Recalculation
from tanggap.ledger.models import Event

STREAMS = ("calendar", "policy")


@dataclass(frozen=True, slots=True)
class Change:
    """One saved change; `work` is None until its re-computation begins."""

    event: Event
    work: Recalculation | None

    @property
    def agency_id(self) -> int | None:
        agency_id: int | None = self.event.data["agency_id"]
        return agency_id


def changes_of(agency_ids: Sequence[int | None], *, at_most: int = 20) -> list[Change]:
    """The last changes of these levels (None: everybody's), the newest first. Two statements."""
    streams = [f"{kind}:{agency_id or 'national'}" for kind in STREAMS for agency_id in agency_ids]
    events = list(Event.objects.filter(stream__in=streams).order_by("-at", "-pk")[:at_most])
    works = {row.event_id: row for row in Recalculation.objects.filter(event_id__in=[event.pk for event in events])}
    return [Change(event, works.get(event.pk)) for event in events]


def change(event_id: int) -> Change | None:
    """One change; None when there is no such event."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None or event.stream.partition(":")[0] not in STREAMS:
        return None
    return Change(event, Recalculation.objects.filter(event_id=event_id).first())
