"""The reporter takes the case back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.ending import archive
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case
from tanggap.cases.workflow import Action, ArchiveReason


@transaction.atomic
def withdraw_case(*, tracking_id: str, actor: Actor, now: datetime) -> Case:
    """Archive as withdrawn; nobody but the reporter can. Raises Forbidden, Refused (closed already)."""
    case = lock_case(tracking_id)
    authorize(actor, Action.WITHDRAW, case)
    advanced(case, Action.WITHDRAW)
    archive(
        case,
        reason=ArchiveReason.WITHDRAWN,
        explanation=_("Dicabut oleh pelapor."),
        event="case.withdrawn",
        actor=actor,
        now=now,
    )
    return case
