"""The end of a survey: from here on its numbers stand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.ledger.services.record import record
from tanggap.surveys.doors import check_state, locked_survey
from tanggap.surveys.models import Mark, Survey
from tanggap.surveys.policies import check_may_run
from tanggap.surveys.selectors.results import live_tally


@transaction.atomic
def close_survey(*, code: str, actor: Actor, now: datetime) -> Survey:
    """Count the answers for good and forget the browsers, sheets and unused links. Raises Forbidden, Refused."""
    survey = locked_survey(code)
    check_may_run(actor, survey.service.agency)
    check_state(survey, Survey.State.OPEN)
    tally = live_tally(survey)
    survey.state, survey.closed_at, survey.counts = Survey.State.CLOSED, now, tally.as_flat
    survey.save(update_fields=["state", "closed_at", "counts"])
    Mark.objects.filter(survey=survey).delete()
    data = {"n": tally.n, "counts": tally.as_flat}
    record("survey.closed", stream=survey.stream, actor=actor.key, at=now, data=data, react=False)
    return survey
