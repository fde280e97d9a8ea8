"""The reporter decides whether messages come at all, and how much may stand in them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, Reporter
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action


@transaction.atomic
def choose_contact(*, tracking_id: str, wanted: bool, discreet: bool, actor: Actor, now: datetime) -> Case:
    """Stop messages about this case or let them come again. Raises Forbidden."""
    case = lock_case(tracking_id)
    authorize(actor, Action.CHOOSE_CONTACT, case)
    advanced(case, Action.CHOOSE_CONTACT)
    Reporter.objects.update_or_create(case=case, defaults={"contact_wanted": wanted, "discreet": discreet})
    record_only(case, "case.contact_chosen", actor=actor, at=now, data={"wanted": wanted, "discreet": discreet})
    return case
