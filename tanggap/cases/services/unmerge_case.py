"""Undo a merge: the case stands on its own again."""

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
def unmerge_case(*, tracking_id: str, actor: Actor, now: datetime) -> Case:
    """Undo a merge: the case stands on its own again and is counted again. Raises Forbidden, Refused."""
    case = lock_case(tracking_id)
    authorize(actor, Action.UNMERGE, case)
    state = advanced(case, Action.UNMERGE)
    if case.merged_into_id is None:
        raise Refused(_("Laporan ini tidak digabung dengan laporan lain."), code="not_merged")
    unarchive(case, state=state, event="case.unmerged", actor=actor, now=now, moved_by=Action.UNMERGE)
    return case
