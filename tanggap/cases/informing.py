"""Telling officers something about a case at once, with nothing in it but number, clock and link.

For what cannot wait for a ladder: danger, pressure on a reporter, what goes to the ombudsman. Whoever must not read
the case is never told: the policy is asked for each person, and whom the case is about is passed over even where the
case is open to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from tanggap.accounts.actor import actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.on_call import on_call_in_turn
from tanggap.accounts.selectors.posts import holders_of
from tanggap.accounts.ways import ways_to_person
from tanggap.cases.models import Case
from tanggap.cases.policies import can_see, is_accused
from tanggap.cases.telling.values import values_for
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.notify.models import Message
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue

BARE = ("tracking_id", "link", "clock")


def may_be_told(case: Case, person: Person, *, at: datetime) -> bool:
    """Whether the person may open the case and it is not about them, their office or one above it."""
    actor = actor_for(person, on=local_day(at))
    return can_see(actor, case) and not is_accused(actor, case)


def holders_to_tell(case: Case, role: str, *, at: datetime, agency: Agency | None = None) -> list[Person]:
    """Whoever fills the role at the agency, else at the nearest level above where somebody may be told."""
    here: Agency | None = agency or case.agency
    while here is not None:
        holders = holders_of(role, here, on=local_day(at))
        told = [holder.person for holder in holders if may_be_told(case, holder.person, at=at)]
        if told or not holders:
            return _once(told)
        here = Agency.objects.get(pk=holders[0].agency_id).parent
    return []


def on_call_to_tell(case: Case, *, at: datetime) -> list[Person]:
    """Whose turn it is. A case that starts with the inspector wakes the inspector: nobody else may open it yet."""
    if case.oversight and case.verified_at is None and (inspectors := holders_to_tell(case, Role.INSPECTOR, at=at)):
        return inspectors
    for people in on_call_in_turn(case.agency, at=at):
        told = [person for person in people if may_be_told(case, person, at=at)]
        if told:
            return told
    return []


def _once(people: Iterable[Person]) -> list[Person]:
    return sorted({person.pk: person for person in people}.values(), key=lambda person: person.pk)


def inform(
    case: Case,
    people: Sequence[Person],
    *,
    template: str,
    role: str,
    source: str,
    now: datetime,
    urgent: bool = False,
    beside_case: bool = True,
) -> list[Message]:
    """One bare message to each; to nobody at all a row without address, which shows as an alarm.

    `source` names what caused it and makes the key: the same cause tells the same person once. Without `beside_case`
    the row is found neither by its case nor in what its agency pays for.
    """
    values = values_for(case, now=now, audience="officer")
    bare = {name: values[name] for name in BARE}
    addressed: list[Person | None] = [*people] or [None]
    return [
        enqueue(
            Outgoing(
                key=f"{source}:{person.pk if person else 'nobody'}",
                template=template,
                ways=ways_to_person(person, loud=urgent) if person else (),
                due_at=now,
                not_before=now,
                values=bare,
                stream=case.stream if beside_case else "",
                source=source,
                payer=f"agency:{case.body_id or case.agency_id}" if beside_case else "",
                recipient_role=role,
                recipient_key=person.key if person else "",
                recipient_name=person.name if person else "",
                urgent=urgent,
                zone=calendar_of(case.agency_id).zone.key,
            ),
            now=now,
        )
        for person in addressed
    ]
