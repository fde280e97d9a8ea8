"""The leader is content with an answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.evaluation.briefs.task_steps import Step
from tanggap.evaluation.models import Task
from tanggap.evaluation.tasking import giver_words, locked, step_taken


@transaction.atomic
def accept_task(*, task_id: int, actor: Actor, now: datetime) -> Task:
    """Close an answered task. Raises NotFound, or Refused where it was not answered."""
    task = locked(task_id, Step.ACCEPT, actor)
    step_taken(task, Step.ACCEPT, actor=actor, office=giver_words(task), text="", now=now)
    return task
