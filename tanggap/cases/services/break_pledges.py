"""Promises whose day passed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import TIMER
from tanggap.cases.models import Case, Pledge
from tanggap.cases.recording import record_only


def break_pledges(*, now: datetime, batch: int = 200) -> int:
    """Mark as broken what was not kept by the end of its working day; returns how many, at most `batch`.

    `settled_at` stays empty: the promise is still owed, and done late it is told and shown.
    """
    due = Pledge.objects.filter(state=Pledge.State.PENDING, due_at__lt=now).order_by("due_at", "pk")
    return sum(_break(pk, now) for pk in due.values_list("pk", flat=True)[:batch])


@transaction.atomic
def _break(pledge_id: int, now: datetime) -> bool:
    case_id = Pledge.objects.values_list("case_id", flat=True).get(pk=pledge_id)
    # The case first, as everywhere: an officer who settles the promise in this moment holds its lock.
    case = Case.objects.select_for_update().get(pk=case_id)
    pledge = Pledge.objects.select_for_update().filter(pk=pledge_id, state=Pledge.State.PENDING).first()
    if pledge is None or pledge.due_at >= now:
        return False
    pledge.state = Pledge.State.BROKEN
    pledge.save(update_fields=["state"])
    record_only(case, "case.promise_broken", actor=TIMER, at=now, data={"pledge": pledge.pk})
    return True
