"""Reminding agencies that have not run their surveys: once a year each, some a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from tanggap.accounts.days import local_day
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import holders_of
from tanggap.accounts.ways import ways_to_person
from tanggap.common.links import absolute
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue_many
from tanggap.surveys.models import SurveyPolicy, SurveyReminder
from tanggap.surveys.rules import policy_on
from tanggap.surveys.selectors.overdue import Overdue, overdue_bodies

TEMPLATE = "survey_reminder"
PAGE = "/kerja/survei/"
MOST_NAMED = 5


@transaction.atomic
def remind_surveys(*, now: datetime) -> int:
    """Put the reminders that are due into the outbox; how many bodies they go to. Running it twice sends once.

    A body is told again only after another year. No more bodies a day than the policy's row says: a restored or
    upgraded instance sends a trickle, never a flood.
    """
    on = local_day(now)
    # Two runs at once wait for each other here; before reference data is loaded there is nothing to remind of.
    if not list(SurveyPolicy.objects.select_for_update().order_by("pk")):
        return 0
    left = policy_on(on).reminders_a_day - SurveyReminder.objects.filter(on=on).count()
    due = overdue_bodies(on=on, limit=max(0, left))
    SurveyReminder.objects.bulk_create(SurveyReminder(body_id=one.body_id, on=on) for one in due)
    bodies = Agency.objects.in_bulk([one.body_id for one in due])
    enqueue_many([message for one in due for message in _messages(one, bodies[one.body_id], on, now)], now=now)
    return len(due)


def _messages(one: Overdue, body: Agency, on: date, now: datetime) -> Iterator[Outgoing]:
    """To the coordinators of the body itself: a level above could not run the survey for them."""
    holders = [holder for holder in holders_of(Role.COORDINATOR, body, on=on) if holder.agency_id == body.pk]
    for holder in {holder.person.pk: holder for holder in holders}.values():
        yield Outgoing(
            key=f"survey-reminder:{body.pk}:{on.isoformat()}:{holder.person.key}",
            template=TEMPLATE,
            ways=ways_to_person(holder.person),
            due_at=now,
            not_before=calendar_of(body.pk).next_open(now),
            values={
                "agency": body.full_name,
                "count": str(len(one.services)) if one.services else "",
                "list": _list(one.services),
                "link": absolute(PAGE),
                "post": str(Role(holder.role).label),
            },
            source=f"survey-reminder:{body.pk}",
            payer=f"agency:{body.pk}",
            recipient_role=Role.COORDINATOR.value,
            recipient_key=holder.person.key,
            recipient_name=holder.person.name,
            bundled=True,
        )


def _list(names: tuple[str, ...]) -> str:
    lines = [f"- {name}" for name in names[:MOST_NAMED]]
    return "\n".join([*lines, "- …"] if len(names) > MOST_NAMED else lines)
