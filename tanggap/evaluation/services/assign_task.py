"""A leader makes a line of a brief somebody's task."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.accounts.selectors.posts import active_posts
from tanggap.common.errors import Invalid, NotFound
from tanggap.directory.models import Agency
from tanggap.evaluation.briefs.windows import Window
from tanggap.evaluation.models import Task, TaskEntry
from tanggap.evaluation.selectors.tasks import TAKES, giving_grant, told_of
from tanggap.evaluation.tasking import checked_day, checked_words, giver_words, tell
from tanggap.ledger.services.record import record


@transaction.atomic
def assign_task(
    *,
    agency: Agency,
    text: str,
    due_on: date | None,
    actor: Actor,
    now: datetime,
    officer: Person | None = None,
    line: str = "",
    window: Window | None = None,
) -> Task:
    """Ask a unit, or one of its officers, for something by a day, and tell them.

    Raises NotFound where the agency is not the actor's to ask, Invalid for missing words, a day that cannot be meant,
    or an officer who has no post there.
    """
    grant = giving_grant(actor, agency)
    if grant is None or actor.person_id is None:
        raise NotFound(_("Unit ini tidak ada, atau bukan wewenang Anda."), code="no_unit")
    words = checked_words(text, actor)
    day = checked_day(due_on, agency, now)
    on = local_day(now)
    if officer is not None and not active_posts(on).filter(person=officer, agency=agency, role__in=TAKES).exists():
        raise Invalid(_("Petugas itu tidak bertugas di unit ini."), code="no_post", field="to")
    task = Task.objects.create(
        agency=agency,
        officer=officer,
        given_by_id=actor.person_id,
        given_role=grant.role,
        given_at_agency_id=grant.agency_id,
        given_at=now,
        due_on=day,
        line=line[:60],
        length=window.length.value if window else "",
        first=window.first if window else None,
    )
    office = giver_words(task)
    TaskEntry.objects.create(
        task=task, kind=TaskEntry.Kind.ASSIGN, at=now, author_key=actor.key, office=office, text=words
    )
    data = {
        "agency": agency.code,
        "officer": officer.key if officer else None,
        "due_on": day.isoformat(),
        "line": task.line,
    }
    record("task.assigned", stream=task.stream, actor=actor.key, at=now, data=data, react=False)
    tell(task, "task_assigned", told_of(task, on=on), now=now)
    return task
