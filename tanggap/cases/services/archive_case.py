"""Close without follow-up: a reason code and words everybody may read."""

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
from tanggap.common.errors import Invalid

# The others have an action of their own: merge, refer, withdraw.
BY_HAND = frozenset(
    {
        ArchiveReason.UNCLEAR,
        ArchiveReason.INCOMPLETE,
        ArchiveReason.SPAM,
        ArchiveReason.WRONG_ADDRESSEE,
        ArchiveReason.BEFORE_COURT,
    }
)


@transaction.atomic
def archive_case(*, tracking_id: str, reason: str, explanation: str, actor: Actor, now: datetime) -> Case:
    """Archive with a reason code and a public explanation. Raises Forbidden, Refused, Invalid."""
    case = lock_case(tracking_id)
    authorize(actor, Action.ARCHIVE, case)
    advanced(case, Action.ARCHIVE)
    if reason not in BY_HAND:
        raise Invalid(_("Pilih alasan pengarsipan."), field="reason", code="unknown_reason")
    archive(case, reason=ArchiveReason(reason), explanation=explanation, event="case.archived", actor=actor, now=now)
    return case
