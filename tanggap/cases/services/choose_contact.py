"""The reporter decides whether messages come at all, and how much may stand in them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, Reporter
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.telling.values import bare_words
from tanggap.cases.telling.ways import reporter_key
from tanggap.cases.workflow import Action
from tanggap.notify.services.blank_values import blank_values
from tanggap.notify.services.cancel_recipient import cancel_recipient


@transaction.atomic
def choose_contact(*, tracking_id: str, wanted: bool, discreet: bool, actor: Actor, now: datetime) -> Case:
    """Stop messages about this case or let them come again; what waits follows at once. Raises Forbidden."""
    case = lock_case(tracking_id)
    authorize(actor, Action.CHOOSE_CONTACT, case)
    advanced(case, Action.CHOOSE_CONTACT)
    Reporter.objects.update_or_create(case=case, defaults={"contact_wanted": wanted, "discreet": discreet})
    if not wanted:
        cancel_recipient(recipient_key=reporter_key(case), reason=_("pelapor tidak ingin dikirimi pesan"), now=now)
    if discreet:
        blank_values(stream=case.stream, values=bare_words(), now=now, recipient_key=reporter_key(case))
    record_only(case, "case.contact_chosen", actor=actor, at=now, data={"wanted": wanted, "discreet": discreet})
    return case
