"""Reminding of tasks a working day before they are due, and on the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tanggap.accounts.days import local_day
from tanggap.directory.selectors import calendar_of
from tanggap.evaluation.briefs.task_steps import WAITING
from tanggap.evaluation.models import Task
from tanggap.evaluation.selectors.tasks import givers_of, told_of
from tanggap.evaluation.tasking import tell
from tanggap.notify.models import Message

AHEAD = timedelta(days=14)
"""No run of days off is longer, so that whatever may be due for a reminder is looked at."""
TOO_LATE = timedelta(days=7)
"""What was missed for so long, by an outage, is told no more: the page shows it as late."""
MOST = 500


@transaction.atomic
def remind_tasks(*, now: datetime) -> int:
    """Put the reminders that are due into the outbox; how many tasks. Running it again sends nothing twice.

    Before the day the unit is told, on the day the unit and whoever gave it.
    """
    today = local_day(now)
    rows = Task.objects.filter(state__in=[state.value for state in WAITING], due_on__lte=today + AHEAD)
    rows = rows.filter(due_on__gte=today - TOO_LATE).select_related("agency__body", "given_at_agency__body")
    due = [(task, mark) for task in rows.order_by("due_on", "pk")[:MOST] if (mark := _mark(task, now))]
    sources = {f"task:{task.pk}:{mark}" for task, mark in due}
    told = set(Message.objects.filter(source__in=sources).values_list("source", flat=True))
    new = [(task, mark) for task, mark in due if f"task:{task.pk}:{mark}" not in told]
    for task, mark in new:
        holders = told_of(task, on=today)
        if mark.startswith("due"):
            holders = list({one.person.pk: one for one in [*holders, *givers_of(task, on=today)]}.values())
        tell(task, "task_reminder", holders, now=now, mark=mark)
    return len(new)


def _mark(task: Task, now: datetime) -> str:
    """Which reminder is due while the office is open; a day that was moved is another."""
    calendar = calendar_of(task.agency_id)
    today = calendar.local_date(now)
    if not calendar.is_open(now) or calendar.local_date(task.given_at) == today:
        return ""
    if today >= task.due_on:
        return f"due:{task.due_on}"
    return f"before:{task.due_on}" if calendar.count(today, task.due_on) <= 1 else ""
