"""Whether whoever gets a step is at the desk when its message leaves, and when next (DOMAIN §4).

A message is written for the recipient's opening. A provider that was down, or a worker that stood still, can keep it
past closing: then it waits for the next opening, and rings at nobody's table in the evening.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from tanggap.accounts.days import local_day
from tanggap.accounts.models import Delegation, Membership
from tanggap.accounts.selectors.posts import active_on
from tanggap.directory.selectors import calendar_of
from tanggap.notify.models import Message

LADDER = ("step:", "letter:", "brief:", "task:")
PERSON = "person:"


def openings(messages: Sequence[Message], now: datetime) -> Mapping[int, datetime]:
    """The messages of ladders whose recipients' offices are closed `now`, with the next opening. Two statements."""
    mine = [row for row in messages if _has_hours(row)]
    offices = _offices({int(row.recipient_key.removeprefix(PERSON)) for row in mine}, now)
    found = {}
    for row in mine:
        posts = offices.get(int(row.recipient_key.removeprefix(PERSON)), {})
        agency_id = posts.get(row.recipient_role, next(iter(posts.values()), None))
        if agency_id is not None and (opening := calendar_of(agency_id).next_open(now)) > now:
            found[row.pk] = opening
    return found


def _has_hours(row: Message) -> bool:
    return not row.urgent and row.source.startswith(LADDER) and row.recipient_key.startswith(PERSON)


def _offices(people: set[int], now: datetime) -> dict[int, dict[str, int]]:
    """The agencies of each person's posts by role, those of leave taken over for others after the own ones."""
    if not people:
        return {}
    today = active_on(local_day(now))
    own = Membership.objects.filter(today, person__in=people).values_list("person_id", "role", "agency_id")
    lent = Delegation.objects.filter(today, to_person__in=people).values_list(
        "to_person_id", "membership__role", "membership__agency_id"
    )
    offices: dict[int, dict[str, int]] = {}
    for person_id, role, agency_id in [*own.order_by("pk"), *lent.order_by("pk")]:
        offices.setdefault(person_id, {}).setdefault(role, agency_id)
    return offices
