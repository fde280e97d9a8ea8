"""The reporter has this browser tell what happens to the case, or has no browser tell it any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.telling.ways import reporter_key
from tanggap.cases.workflow import Action
from tanggap.notify.transports.browsers import forget_recipient, subscribe


@transaction.atomic
def choose_push(*, tracking_id: str, subscription: Mapping[str, Any] | None, actor: Actor, now: datetime) -> Case:
    """Keep the browser's subscription for this case; None forgets all of them. Raises Forbidden, Invalid."""
    case = lock_case(tracking_id)
    authorize(actor, Action.CHOOSE_CONTACT, case)
    advanced(case, Action.CHOOSE_CONTACT)
    if subscription is None:
        forget_recipient(reporter_key(case))
    else:
        subscribe(recipient_key=reporter_key(case), subscription=subscription, now=now)
    record_only(case, "case.contact_chosen", actor=actor, at=now, data={"push": subscription is not None})
    return case
