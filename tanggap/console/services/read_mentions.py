"""A colleague opened the case whose notes name him."""

from __future__ import annotations

from datetime import datetime

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.console.models import Mention


def read_mentions(*, case: Case, actor: Actor, now: datetime) -> int:
    """How many were unread until now."""
    return Mention.objects.filter(case=case, person_id=actor.own_id, read_at__isnull=True).update(read_at=now)
