"""Give a case to one officer of the holding unit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.cases.models import Assignment, Case
from tanggap.cases.policies import actor_may, advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action
from tanggap.common.errors import Invalid


@transaction.atomic
def assign_case(*, tracking_id: str, person: Person, actor: Actor, now: datetime) -> Case:
    """No change of state. Raises Forbidden, Refused, Invalid when the officer could not answer the case."""
    case = lock_case(tracking_id)
    authorize(actor, Action.ASSIGN, case)
    advanced(case, Action.ASSIGN)
    if not actor_may(actor_for(person, on=local_day(now)), Action.ACCEPT, case):
        raise Invalid(_("Petugas ini tidak dapat menangani laporan ini."), field="person", code="cannot_hold")
    Assignment.objects.update_or_create(
        case=case, defaults={"person": person, "assigned_at": now, "assigned_by_key": actor.key}
    )
    record_only(case, "case.assigned", actor=actor, at=now, data={"to": person.key})
    return case
