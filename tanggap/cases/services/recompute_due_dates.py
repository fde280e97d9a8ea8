"""After a calendar or a limit changed: every open due date again, case by case, each with its own event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from tanggap.accounts.actor import TIMER
from tanggap.cases.deadlines import PRESENT, next_due
from tanggap.cases.models import Case, Recalculation
from tanggap.cases.models.case import plain
from tanggap.cases.open_dates import COLUMNS, Edit, Moved, edit_of, moves_of, open_cases, rules_with, takes_effect
from tanggap.directory.selectors import agency_by_id
from tanggap.ledger.models import Event
from tanggap.ledger.services.bulk_record import Entry, bulk_record

BATCH = 200
MOVED = "case.due_dates_moved"
WRITTEN = (*COLUMNS, "due_at")
# One statement with arrays: Django's bulk_update builds two thousand expressions for a batch, which takes seconds.
_UPDATE = f"""
    UPDATE cases_case SET {", ".join(f"{name} = new.{name}" for name in WRITTEN)}
    FROM unnest(%s::bigint[], {", ".join("%s::timestamptz[]" for _name in WRITTEN)}) AS new (id, {", ".join(WRITTEN)})
    WHERE cases_case.id = new.id
"""  # noqa: S608 - the columns are a constant of ours


@transaction.atomic
def recompute_due_dates(*, event_id: int, now: datetime, batch: int = BATCH) -> bool:
    """Go through the next batch of open cases that the event's change can touch; whether there is more to do.

    The cases are locked until commit and the place is kept in the same transaction, so that a job which dies and
    runs again moves nothing twice. Imported cases that sleep go on sleeping.
    """
    event = Event.objects.get(pk=event_id)
    edit = edit_of(event)
    work = _work(event, edit, now)
    if work.finished_at is not None:
        return False
    cases = _cases(event, edit).filter(pk__gt=work.last_case_id).select_related("agency", "body")
    rows = list(cases.select_for_update(of=("self",)).order_by("pk")[:batch]) if work.total else []
    found = moves_of(rows, before=rules_with(edit.reversed()), after=PRESENT, now=now)
    _save(found, event, now)
    for moved in found:
        _count(work, moved)
    work.looked_at += len(rows)
    work.last_case_id = rows[-1].pk if rows else work.last_case_id
    work.finished_at = now if len(rows) < batch else None
    work.save()
    return work.finished_at is None


def _cases(event: Event, edit: Edit) -> QuerySet[Case]:
    agency_id: int | None = event.data["agency_id"]
    path = agency_by_id(agency_id).path if agency_id else ""
    return open_cases(Case.objects.all(), path=path, first_day=edit.first_day)


def _work(event: Event, edit: Edit, now: datetime) -> Recalculation:
    """The row of this event, made when the work begins. A limit that begins later has no case to look at."""
    found = Recalculation.objects.select_for_update().filter(event_id=event.pk).first()
    if found is not None:
        return found
    total = _cases(event, edit).count() if takes_effect(edit, now=event.at) else 0
    return Recalculation.objects.create(event_id=event.pk, agency_id=event.data["agency_id"], began_at=now, total=total)


def _save(found: Sequence[Moved], event: Event, now: datetime) -> None:
    """Rows and events of a batch in two statements. No event starts a job of its own: after a change for everybody
    there would be as many as open cases. The reaction to the change looks at all of them when the dates are set.
    """
    entries = []
    for moved in found:
        for column, (_old, new) in moved.dates.items():
            setattr(moved.case, column, new)
        moved.case.due_at = next_due(moved.case)
        data = {
            "reason": event.name,
            "cause_event": event.pk,
            "before": {column: plain(old) for column, (old, _new) in moved.dates.items()},
            "after": {column: plain(new) for column, (_old, new) in moved.dates.items()},
            "changes": moved.case.changes(),
        }
        entries.append(Entry(MOVED, moved.case.stream, TIMER.key, now, data))
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [[getattr(moved.case, name) for moved in found] for name in ("id", *WRITTEN)])
    bulk_record(entries)


def _count(work: Recalculation, moved: Moved) -> None:
    if moved.case.guarded:
        work.hidden += 1
        return
    work.moved += 1
    work.earlier += moved.earlier
    work.later += not moved.earlier
