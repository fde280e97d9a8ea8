"""Take a case out of the archive after a mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.ending import unarchive
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case
from tanggap.cases.workflow import Action
from tanggap.common.errors import Refused


@transaction.atomic
def unarchive_case(*, tracking_id: str, actor: Actor, now: datetime) -> Case:
    """Back to the state before. Raises Forbidden, Refused (not archived, or archived by a merge)."""
    case = lock_case(tracking_id)
    authorize(actor, Action.UNARCHIVE, case)
    state = advanced(case, Action.UNARCHIVE)
    if case.merged_into_id is not None:
        raise Refused(_("Laporan ini digabung: batalkan penggabungannya."), code="merged")
    unarchive(case, state=state, event="case.unarchived", actor=actor, now=now, moved_by=Action.UNARCHIVE)
    return case
