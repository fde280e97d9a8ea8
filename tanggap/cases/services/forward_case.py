"""Hand a verified case to another unit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.custody import check_destination, hand_over
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.reach import check_reach
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency


@transaction.atomic
def forward_case(*, tracking_id: str, agency: Agency, actor: Actor, now: datetime, reason: str = "") -> Case:
    """Hand the case to `agency`; a new leg begins, the clocks go on.

    The row stays locked until commit, so a double click cannot begin two legs: the second call finds the case
    already there. Raises Forbidden, Refused, Invalid (already there, outside the actor's reach, closed, subject).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.FORWARD, case)
    state = advanced(case, Action.FORWARD)
    if agency.pk == case.agency_id:
        raise Invalid(_("Laporan ini sudah ada di %(agency)s.") % {"agency": agency.name}, field="agency", code="same")
    check_destination(case, agency)
    check_reach(actor, agency, case)
    case.state = state
    hand_over(case, agency, now=now, moved_by=Action.FORWARD, reason=reason.strip()[:2000])
    save_case(case, "case.forwarded", actor=actor, at=now, data={"agency": agency.code})
    return case
