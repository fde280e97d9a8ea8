"""Make a case secret, anonymous or both. Staff may raise, never lower (DOMAIN §6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import protect
from tanggap.cases.workflow import Action


@transaction.atomic
def raise_confidentiality(
    *, tracking_id: str, actor: Actor, now: datetime, secret: bool = False, anonymous: bool = False
) -> Case:
    """Switch on what is asked; nothing is switched off. Raises Forbidden."""
    case = lock_case(tracking_id)
    authorize(actor, Action.RAISE_CONFIDENTIALITY, case)
    case.secret = case.secret or secret
    case.anonymous = case.anonymous or anonymous
    protect(case)
    save_case(case, "case.confidentiality_raised", actor=actor, at=now)
    return case
