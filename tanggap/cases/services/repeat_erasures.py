"""After a restore from an older backup: whoever was forgotten since is forgotten again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet

from tanggap.accounts.actor import TIMER
from tanggap.accounts.models import Person
from tanggap.cases.erased_list import Erased
from tanggap.cases.models import Case, Erasure, Reporter
from tanggap.cases.services.erase_account import erase_account
from tanggap.cases.services.erase_identity import erase_identity

log = structlog.get_logger(__name__)
REPEATED, ALREADY, UNKNOWN, FAILED = "repeated", "already", "unknown", "failed"
"""What became of a line; unknown is what came after the backup and is not in this database."""


def repeat_erasures(*, erased: Iterable[Erased], now: datetime) -> Counter[str]:
    """Carry out what is not yet done, a transaction each; how many of each outcome. Running it twice changes nothing.

    One that fails (a lost key) is logged and keeps none of the others waiting.
    """
    outcomes: Counter[str] = Counter()
    for one in erased:
        try:
            with transaction.atomic():
                outcomes[_repeat_case(one, now) if one.case else _repeat_account(one, now)] += 1
        except Exception:
            log.exception("erasure.not_repeated", case=one.case, account=one.account)
            outcomes[FAILED] += 1
    return outcomes


def _repeat_case(one: Erased, now: datetime) -> str:
    case = Case.objects.filter(tracking_id=one.case).first()
    if case is None:
        return UNKNOWN
    if Reporter.objects.filter(case=case, erased_at__isnull=False).exists():
        return ALREADY
    erase_identity(tracking_id=one.case, why=REPEATED, with_files=one.files, actor=TIMER, now=now)
    _settle(Erasure.objects.filter(case=case), now)
    return REPEATED


def _repeat_account(one: Erased, now: datetime) -> str:
    person = Person.objects.filter(pk=one.account).first()
    if person is None or person.joined_at.isoformat() != one.joined_at:
        return UNKNOWN
    if person.erased_at is not None:
        return ALREADY
    # One that got a post only after the backup cannot be here; one that has a post was never erased.
    if erase_account(person_id=person.pk, actor=TIMER, now=now).erased_at is None:
        return FAILED
    _settle(Erasure.objects.filter(person=person), now)
    return REPEATED


def _settle(wishes: QuerySet[Erasure], now: datetime) -> None:
    """The wish that waits in the backup is met."""
    wishes.filter(cancelled_at__isnull=True, done_at__isnull=True).update(done_at=now)
