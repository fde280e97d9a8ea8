"""Result and plan become public together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Refused
from tanggap.ledger.services.record import record
from tanggap.surveys.doors import check_state, locked_survey
from tanggap.surveys.models import Survey
from tanggap.surveys.policies import check_may_run


@transaction.atomic
def publish_survey(*, code: str, actor: Actor, now: datetime) -> Survey:
    """Publish a closed survey. Raises Forbidden, Refused without a plan: a result alone promises nothing."""
    survey = locked_survey(code)
    check_may_run(actor, survey.service.agency)
    check_state(survey, Survey.State.CLOSED)
    if not survey.follow_ups.exists():
        raise Refused(
            _("Hasil terbit bersama rencana tindak lanjut: tulis paling sedikit satu. Tidak ada yang diubah."),
            code="no_plan",
        )
    survey.state, survey.published_at = Survey.State.PUBLISHED, now
    survey.save(update_fields=["state", "published_at"])
    record("survey.published", stream=survey.stream, actor=actor.key, at=now, react=False)
    return survey
