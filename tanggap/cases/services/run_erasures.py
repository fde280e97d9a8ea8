"""What time alone erases: wishes whose waiting period is over, identities older than they may be kept."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from tanggap.accounts.actor import TIMER
from tanggap.cases.models import Case, Erasure, Pledge, RetentionKind
from tanggap.cases.retention import kept_for
from tanggap.cases.services.erase_account import erase_account
from tanggap.cases.services.erase_identity import ASKED, OLD, erase_identity
from tanggap.cases.workflow import State

log = structlog.get_logger(__name__)
BATCH = 100


def run_erasures(*, now: datetime, batch: int = BATCH) -> int:
    """Carry out at most `batch` of each, a transaction each, so that a crash loses none; how many were done."""
    return _wishes(now, batch) + _old(now, batch)


def _wishes(now: datetime, batch: int) -> int:
    due = Erasure.objects.filter(due_at__lte=now, cancelled_at__isnull=True, done_at__isnull=True)
    return sum(_carried_out(wish, now) for wish in due.select_related("case").order_by("due_at", "id")[:batch])


def _carried_out(wish: Erasure, now: datetime) -> bool:
    """One wish; one that cannot be carried out (a lost key) keeps none of the others waiting."""
    try:
        with transaction.atomic():
            _carry_out(wish, now)
    except Exception:
        log.exception("erasure.failed", erasure=wish.pk)
        return False
    return True


def _carry_out(wish: Erasure, now: datetime) -> None:
    """Unless it was called back a moment ago."""
    waiting = Erasure.objects.filter(pk=wish.pk, cancelled_at__isnull=True, done_at__isnull=True)
    if not waiting.update(done_at=now):
        return
    if wish.case is not None:
        number, files = wish.case.tracking_id, wish.with_files
        erase_identity(tracking_id=number, why=ASKED, with_files=files, actor=TIMER, now=now)
    elif wish.person_id is not None:
        erase_account(person_id=wish.person_id, actor=TIMER, now=now)


def _old(now: datetime, batch: int) -> int:
    """Cases that ended so long ago, except where a promise is still open: its reporter is to be told."""
    before = now - kept_for(RetentionKind.IDENTITY, now=now)
    ended = Case.objects.filter(state__in=[State.CLOSED, State.ARCHIVED], due_at__isnull=True)
    old = ended.filter(received_at__lt=before, closed_at__lt=before, parent__isnull=True)
    known = old.filter(reporter__isnull=False, reporter__erased_at__isnull=True)
    numbers = known.exclude(pledges__state=Pledge.State.PENDING).order_by("received_at", "id")
    found = list(numbers.values_list("tracking_id", flat=True)[:batch])
    for number in found:
        erase_identity(tracking_id=number, why=OLD, actor=TIMER, now=now)
    return len(found)
