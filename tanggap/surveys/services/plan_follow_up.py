"""One thing the agency will do about the result."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.errors import Invalid
from tanggap.ledger.services.record import record
from tanggap.surveys.doors import check_state, locked_survey
from tanggap.surveys.ikm import ELEMENTS
from tanggap.surveys.models import FollowUp, Survey
from tanggap.surveys.policies import check_may_run

MOST = 30


@transaction.atomic
def plan_follow_up(
    *, code: str, element: str, action: str, owner: str, due_on: date, actor: Actor, now: datetime
) -> FollowUp:
    """Add one to the plan, before or after publishing. Raises Forbidden, Invalid, Refused before the close."""
    survey = locked_survey(code)
    check_may_run(actor, survey.service.agency)
    check_state(survey, Survey.State.CLOSED, Survey.State.PUBLISHED)
    today = local_day(now)
    words, who = action.replace("\x00", "").strip(), " ".join(owner.replace("\x00", "").split())
    if element not in ELEMENTS:
        raise Invalid(_("Pilih unsur dari daftar."), field="element")
    if not words or len(words) > 500:
        raise Invalid(_("Tulis apa yang akan dilakukan, paling banyak 500 huruf."), field="action")
    if not who or len(who) > 120:
        raise Invalid(_("Tulis jabatan atau bagian yang bertanggung jawab, paling banyak 120 huruf."), field="owner")
    if due_on < today:
        raise Invalid(_("Tanggal itu sudah lewat."), field="due_on")
    if survey.follow_ups.count() >= MOST:
        raise Invalid(_("Rencana paling banyak berisi 30 hal."), field="action", code="too_many")
    item = FollowUp.objects.create(
        survey=survey, element=element, action=words, owner=who, due_on=due_on, updated_on=today
    )
    data = {"item": item.pk, "element": element, "due_on": due_on}
    record("follow_up.planned", stream=survey.stream, actor=actor.key, at=now, data=data, react=False)
    return item
