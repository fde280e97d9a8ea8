"""The worker's sweep: the steps that are due now, of the cases whose watch says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tanggap.cases.models import Case
from tanggap.escalation.deciding import Look, Written, write_decisions
from tanggap.escalation.ladders import Ladders
from tanggap.escalation.models import Watch
from tanggap.escalation.services.issue_letters import issue_open_letters
from tanggap.escalation.watching import WatchSet, set_watches

BATCH = 500
MOST_CASES = 20_000
"""What one sweep takes at most: the next one, a minute later, goes on."""


@dataclass(slots=True)
class Swept:
    """What a sweep did."""

    cases: int = 0
    steps: int = 0
    skipped: int = 0
    letters: int = 0

    def add(self, written: Written) -> None:
        """Count one batch."""
        self.cases += len(written.next_at)
        self.steps += written.steps
        self.skipped += written.skipped


def sweep(*, now: datetime, limit: int = MOST_CASES, among: Collection[int] | None = None) -> Swept:
    """Take every step due at `now`, in batches of their own transactions; its cost follows what is due.

    With `among` those of these cases alone, and what becomes a letter stays gathered: a lesson prints nothing.

    Two sweeps at once share the work: each passes by what the other has locked, and the table refuses a step twice.
    """
    swept, position = Swept(), None
    ladders = Ladders()
    while swept.cases < limit:
        batch = _due_after(position, now, among)
        if not batch:
            break
        position = batch[-1]
        swept.add(_sweep([case_id for _at, case_id in batch], ladders, now))
    if among is None:
        swept.letters = issue_open_letters(now=now, office_hours=True)
    return swept


def _due_after(
    position: tuple[datetime, int] | None, now: datetime, among: Collection[int] | None
) -> list[tuple[datetime, int]]:
    """The next batch of due watches, by the index. A locked one is not met again in this sweep."""
    due = Watch.objects.filter(next_check_at__lte=now, asleep=False).order_by("next_check_at", "case_id")
    if among is not None:
        due = due.filter(case_id__in=among)
    if position is not None:
        at, case_id = position
        due = due.filter(Q(next_check_at__gt=at) | Q(next_check_at=at, case_id__gt=case_id))
    rows = due.values_list("next_check_at", "case_id")[:BATCH]
    return [(moment, case_id) for moment, case_id in rows if moment is not None]


@transaction.atomic
def _sweep(ids: list[int], ladders: Ladders, now: datetime) -> Written:
    # The case first, then its watch: in the order in which every other writer takes them.
    cases = list(
        Case.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("agency__body", "brand")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    due = Watch.objects.select_for_update(skip_locked=True).filter(case_id__in=[case.pk for case in cases])
    mine = set(due.filter(next_check_at__lte=now, asleep=False).order_by("case_id").values_list("case_id", flat=True))
    if not mine:
        return Written()
    look = Look([case for case in cases if case.pk in mine], now, ladders)
    written = write_decisions(look, look.decisions())
    set_watches(WatchSet(pk, moment) for pk, moment in written.next_at.items())
    return written
