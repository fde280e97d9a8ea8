"""Sending the day's letters out: numbered, on paper, signed where there is a certificate."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import DatabaseError, transaction

from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.issuing import Desk, call_off, issue, lock_cases, steps_of
from tanggap.escalation.models import Letter, TakenStep

log = structlog.get_logger(__name__)
BATCH = 20


def issue_open_letters(*, now: datetime, office_hours: bool = False) -> int:
    """Issue every letter that is gathered; those of agencies that sign wait for it. How many left.

    With `office_hours` a letter stays open until its recipient's office is: what is answered before the opening is
    struck from it, and no letter bears the date of a Sunday because a worker came back on one.
    A crash gives the numbers of its batch back and the next call takes up the letters. One that cannot be made is
    logged and left for the next call; it holds nobody else up.
    """
    issued, last = 0, 0
    while rows := _next_after(last):
        last = rows[-1][0]
        ids = [pk for pk, office in rows if not office_hours or calendar_of(office).is_open(now)]
        issued += _issue_batch(ids, now) if ids else 0
    return issued


def _next_after(last: int) -> list[tuple[int, int]]:
    """The next open letters, each with the office it goes to."""
    waiting = Letter.objects.filter(state=Letter.State.OPEN, pk__gt=last).order_by("pk")
    return list(waiting.values_list("pk", "recipient_agency_id")[:BATCH])


@transaction.atomic
def _issue_batch(ids: list[int], now: datetime) -> int:
    steps = TakenStep.objects.filter(letter_id__in=ids, state=TakenStep.State.TAKEN)
    cases = lock_cases(list(steps.values_list("case_id", flat=True)))
    rows = Letter.objects.select_for_update(skip_locked=True).filter(pk__in=ids, state=Letter.State.OPEN)
    # By agency, so that two workers take the counters in the same order.
    letters = list(rows.order_by("agency_id", "pk"))
    gathered = steps_of(letters)
    # A step that came between the two looks belongs to a case nobody locked: that letter's turn is the next call.
    whole = [letter for letter in letters if all(step.case_id in cases for step in gathered[letter.pk])]
    desk = Desk(whole, cases, now, steps=gathered)
    issued = sum(_issue_one(letter, desk) for letter in whole)
    desk.clear()
    return issued


def _issue_one(letter: Letter, desk: Desk) -> int:
    if not desk.steps[letter.pk]:
        call_off(letter, now=desk.now)
        return 0
    if desk.policy(letter.agency_id).signing:
        letter.state = Letter.State.WAITING
        letter.save(update_fields=["state"])
        return 0
    try:
        with transaction.atomic():
            issue(letter, desk)
    except DatabaseError:
        raise
    except Exception as error:
        # The kind alone: what an error says may quote a letter.
        log.error("letters.not_issued", letter=letter.pk, error=type(error).__name__)
        return 0
    return 1
