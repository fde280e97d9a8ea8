"""The leader asks for more than a unit answered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.evaluation.briefs.task_steps import Step
from tanggap.evaluation.models import Task
from tanggap.evaluation.selectors.tasks import told_of
from tanggap.evaluation.tasking import checked_day, checked_words, giver_words, locked, step_taken, tell


@transaction.atomic
def return_task(*, task_id: int, text: str, due_on: date | None, actor: Actor, now: datetime) -> Task:
    """Send an answered task back with what is missing and the day by which it is to come.

    Raises NotFound, Refused where it was not answered, Invalid for missing words or a day that cannot be meant.
    """
    task = locked(task_id, Step.RETURN, actor)
    words = checked_words(text, actor)
    task.due_on = checked_day(due_on, task.agency, now)
    task.save(update_fields=["due_on"])
    step_taken(task, Step.RETURN, actor=actor, office=giver_words(task), text=words, now=now)
    tell(task, "task_returned", told_of(task, on=local_day(now)), now=now, mark=f"returned:{task.entries.count()}")
    return task
