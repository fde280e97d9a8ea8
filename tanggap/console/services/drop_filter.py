"""A kept inbox is given up."""

from __future__ import annotations

from datetime import datetime

from tanggap.accounts.actor import Actor
from tanggap.console.models import SavedFilter


def drop_filter(*, filter_id: int, actor: Actor, now: datetime) -> bool:
    """Whether there was one of the actor's own; `now` only because every write takes it."""
    return bool(SavedFilter.objects.filter(pk=filter_id, person_id=actor.own_id).delete()[0])
