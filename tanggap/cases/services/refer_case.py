"""Outside public service: end here, with the address of the right body."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.ending import archive
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case
from tanggap.cases.texts import clean_text
from tanggap.cases.workflow import Action, ArchiveReason


@transaction.atomic
def refer_case(*, tracking_id: str, body: str, explanation: str, actor: Actor, now: datetime) -> Case:
    """Outside public service (court, crime, corruption, legislature): end here with the address of the right body.

    Raises Forbidden, Refused, Invalid (no body named).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.REFER, case)
    advanced(case, Action.REFER)
    body = clean_text(body, field="body", longest=300)
    words = _("Dirujuk ke: %(body)s") % {"body": body}
    archive(
        case,
        reason=ArchiveReason.OUT_OF_SCOPE,
        explanation=f"{clean_text(explanation, field='explanation')}\n\n{words}",
        event="case.referred",
        actor=actor,
        now=now,
        data={"to": body},
    )
    return case
