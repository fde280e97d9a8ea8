"""How the letters of an agency leave, and everything below it that has no rule of its own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs
from tanggap.directory.models import Agency
from tanggap.escalation.letters.numbering import check_pattern
from tanggap.escalation.letters.waiting import no_letter
from tanggap.escalation.models import LetterPolicy
from tanggap.ledger.services.record import record


@transaction.atomic
def set_letter_rules(
    *,
    agency: Agency,
    signing: bool,
    signatory_role: str,
    number_format: str,
    place: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> LetterPolicy:
    """Save the rule; letters gathered from now on follow it, what waits keeps its signatory.

    Raises NotFound for who does not look after the agency, ValidationError for a pattern without serial and year.
    """
    if not governs(actor, agency):
        raise no_letter()
    check_pattern(number_format)
    values = {"signing": signing, "signatory_role": signatory_role, "number_format": number_format, "place": place}
    rule, _made = LetterPolicy.objects.update_or_create(agency=agency, defaults=values)
    data = {**values, "agency": agency.code, "reason": reason}
    record("letter_rules.set", stream=f"agency:{agency.pk}", actor=actor.key, at=now, data=data)
    return rule
