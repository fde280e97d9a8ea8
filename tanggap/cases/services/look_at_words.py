"""Somebody read what a citizen added to the thread: now everybody may."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action


@transaction.atomic
def look_at_words(*, tracking_id: str, actor: Actor, now: datetime, until: datetime | None = None) -> int:
    """Show the masked words of the case that nobody had read, up to those of `until`; how many there were.

    Whoever finds them unfit hides them afterwards, with a reason (`moderate_words`). Raises Forbidden.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.LOOK_AT_WORDS, case)
    advanced(case, Action.LOOK_AT_WORDS)
    rows = case.messages.filter(unseen=True)
    if until is not None:
        rows = rows.filter(at__lte=until)
    found = list(rows.values_list("pk", flat=True))
    if found:
        case.messages.filter(pk__in=found).update(unseen=False)
        record_only(case, "case.words_looked_at", actor=actor, at=now, data={"messages": found})
    return len(found)
