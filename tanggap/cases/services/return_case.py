"""Not ours: back to the level above, with a reason. Never the end of a case (no wrong door)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.custody import hand_over, level_above
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import clean_text
from tanggap.cases.workflow import RETURNS_BEFORE_NATIONAL, Action
from tanggap.common.errors import Refused
from tanggap.directory.selectors import root_agency

LONGEST_REASON = 2000


@transaction.atomic
def return_case(*, tracking_id: str, reason: str, actor: Actor, now: datetime) -> Case:
    """Give the case back. After the second return the national admin decides.

    Raises Forbidden, Refused (illegal, or already at the top), Invalid (no reason).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.RETURN, case)
    state = advanced(case, Action.RETURN)
    reason = clean_text(reason, field="reason", longest=LONGEST_REASON)
    above = root_agency() if case.returns + 1 >= RETURNS_BEFORE_NATIONAL else level_above(case.agency)
    if above.pk == case.agency_id:
        raise Refused(_("Tidak ada tingkat di atas ini: teruskan ke instansi yang berwenang."), code="at_the_top")
    came_from = case.agency.code
    case.state = state
    case.returns += 1
    hand_over(case, above, now=now, moved_by=Action.RETURN, reason=reason)
    save_case(case, "case.returned", actor=actor, at=now, data={"from": came_from, "to": above.code, "reason": reason})
    return case
