"""`tanggap sweep --at TIME`: everything the clocks say is due at a moment, imported cases included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tanggap.accounts.actor import TIMER
from tanggap.cases.models import Case, Inquiry, Pledge
from tanggap.cases.services.close_silent import close_silent
from tanggap.cases.services.resume_hold import resume_hold
from tanggap.cases.services.run_timers import BATCH as TIMER_BATCH
from tanggap.cases.services.run_timers import run_timers
from tanggap.cases.workflow import ENDED, State
from tanggap.common.clock import frozen
from tanggap.common.clock import now as present
from tanggap.escalation.asof import wind_back
from tanggap.escalation.deciding import Look, Written, write_decisions
from tanggap.escalation.ladders import Ladders
from tanggap.escalation.services.issue_letters import issue_open_letters
from tanggap.escalation.services.stop_steps import stop_steps
from tanggap.escalation.services.sweep import Swept
from tanggap.escalation.services.watch_case import watch_cases
from tanggap.escalation.watching import WatchSet, set_watches

BATCH = 250


def sweep_at(*, at: datetime, progress: Callable[[str], object] = lambda _line: None) -> Swept:
    """Decide for every case as of `at`, facts that came later left out; committed when it returns.

    Looks at every case that was open then, not at the watches: these follow what is known today. The timers run
    first, since a case they close has no steps.
    """
    looked_at = present()
    with frozen(at):
        _run_timers(at)
        swept, ladders = Swept(), Ladders()
        for number, ids in enumerate(_batches(_open_at(at)), 1):
            swept.add(_decide(ids, ladders, at, looked_at))
            if number % 40 == 0:
                progress(f"{swept.cases} laporan diperiksa …")
        swept.letters = issue_open_letters(now=at)
    return swept


def _run_timers(at: datetime) -> None:
    while run_timers(now=at) >= TIMER_BATCH:
        pass
    asleep = Case.objects.filter(due_at__lt=at, state__in=[State.ANSWERED, State.ON_HOLD], dormant=True)
    for tracking_id, state in asleep.order_by("due_at", "id").values_list("tracking_id", "state"):
        service = close_silent if state == State.ANSWERED else resume_hold
        service(tracking_id=tracking_id, actor=TIMER, now=at)


def _open_at(at: datetime) -> QuerySet[Case]:
    """Cases that were open at a moment, or still owed something."""
    owed = Pledge.objects.filter(Q(settled_at__isnull=True) | Q(settled_at__gt=at), case=OuterRef("pk"))
    asked = Inquiry.objects.filter(Q(answered_at__isnull=True) | Q(answered_at__gt=at), case=OuterRef("pk"))
    was_open = ~Q(state__in=[state.value for state in ENDED]) | Q(closed_at__gt=at)
    return Case.objects.filter(was_open | Exists(owed) | Exists(asked), received_at__lte=at)


def _batches(cases: QuerySet[Case]) -> Iterator[list[int]]:
    last = 0
    while ids := list(cases.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]


@transaction.atomic
def _decide(ids: list[int], ladders: Ladders, at: datetime, looked_at: datetime) -> Written:
    cases = list(
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("agency__body", "brand")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    elsewhere = wind_back(cases, at)
    look = Look(cases, at, ladders)
    written = write_decisions(look, look.decisions())
    dormant = {case.pk: case.dormant for case in cases}
    set_watches(
        WatchSet(pk, moment, asleep=dormant[pk]) for pk, moment in written.next_at.items() if pk not in elsewhere
    )
    stop_steps(running={pk: runs for pk, runs in look.running().items() if pk not in elsewhere}, now=at)
    watch_cases(elsewhere, now=looked_at, stop=False)
    return written
