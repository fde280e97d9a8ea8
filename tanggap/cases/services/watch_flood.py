"""Switching the guard on by itself when reports flood in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tanggap.cases.models import Case, IntakeGuard
from tanggap.cases.workflow import Channel
from tanggap.ledger.services.record import record

OPEN_DOORS = (Channel.WEB, Channel.APP, Channel.API)
MINUTE = timedelta(minutes=1)
STREAM = "intake:guard"


@transaction.atomic
def watch_flood(*, now: datetime) -> bool:
    """Whether the guard was switched on, or kept on, since more than its number came in within a minute.

    Told in the ledger when it goes on, not while it stays on.
    """
    guard = IntakeGuard.objects.select_for_update().filter(pk=1, mode=IntakeGuard.Mode.AUTO).first()
    if guard is None:
        return False
    newest = Case.objects.filter(channel__in=OPEN_DOORS, imported=False).order_by("-pk")
    received = newest.values_list("received_at", flat=True)[guard.above : guard.above + 1]
    if not any(at > now - MINUTE for at in received):
        return False
    was_on = guard.on_until is not None and guard.on_until > now
    until = now + guard.minutes * MINUTE
    # Each change empties every process's cache of reference data, which a flood does not need on top.
    if not was_on or guard.on_until is None or until - guard.on_until > guard.minutes * MINUTE / 2:
        guard.on_until = until
        guard.save(update_fields=["on_until"])
    if not was_on:
        data = {"until": until.isoformat(), "above": guard.above}
        record("intake.guard_raised", stream=STREAM, actor="timer", at=now, data=data, react=False)
    return True
