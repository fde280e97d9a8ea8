"""A unit answers a task."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.cases.policies import cases_visible_to
from tanggap.common.errors import Invalid
from tanggap.common.ids import normalize_tracking_id
from tanggap.evaluation.briefs.task_steps import Step
from tanggap.evaluation.models import Task
from tanggap.evaluation.selectors.tasks import givers_of
from tanggap.evaluation.tasking import checked_words, locked, office_of, step_taken, tell

MOST_CASES = 20


@transaction.atomic
def answer_task(*, task_id: int, text: str, numbers: str, actor: Actor, now: datetime) -> Task:
    """Say what was done, and which reports show it (`numbers`: tracking ids, apart by spaces or commas).

    Raises NotFound, Refused where it was answered already, Invalid for missing words or a report that cannot be
    pointed to: unknown, not the actor's to see, or guarded.
    """
    task = locked(task_id, Step.ANSWER, actor)
    words = checked_words(text, actor)
    ids = _pointed_to(numbers, actor)
    step_taken(task, Step.ANSWER, actor=actor, office=office_of(actor, task), text=words, now=now, case_ids=ids)
    tell(task, "task_answered", givers_of(task, on=local_day(now)), now=now, mark=f"answered:{task.entries.count()}")
    return task


def _pointed_to(numbers: str, actor: Actor) -> list[int]:
    typed = numbers.replace("\x00", "").replace(",", " ").replace(";", " ").split()
    if len(typed) > MOST_CASES:
        message = _("Paling banyak %(n)s laporan.") % {"n": MOST_CASES}
        raise Invalid(message, code="too_many", field="numbers")
    wanted = {one: normalize_tracking_id(one) for one in typed}
    found = dict(
        cases_visible_to(actor)
        .filter(tracking_id__in=[number for number in wanted.values() if number], guarded=False)
        .values_list("tracking_id", "pk")
    )
    for one, number in wanted.items():
        if number not in found:
            message = _("Laporan “%(number)s” tidak dapat ditautkan.") % {"number": one[:20]}
            raise Invalid(message, code="no_case", field="numbers")
    return sorted(found.values())
