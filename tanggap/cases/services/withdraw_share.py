"""The reporter takes back what units were allowed to see of the identity."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, IdentityShare
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action


@transaction.atomic
def withdraw_share(*, tracking_id: str, actor: Actor, now: datetime) -> Case:
    """From now on no unit sees what was shared, in whatever state the case is; that it was shared stays in the
    history. Nothing shared changes nothing. Raises Forbidden.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.SHARE_IDENTITY, case)
    shares = IdentityShare.objects.filter(case=case)
    agencies = sorted(set(shares.values_list("agency__code", flat=True)))
    if agencies:
        shares.delete()
        record_only(case, "case.identity_share_withdrawn", actor=actor, at=now, data={"agencies": agencies})
    return case
