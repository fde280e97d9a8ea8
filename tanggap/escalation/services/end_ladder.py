"""Back to the ladder above, from a day on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency
from tanggap.escalation.models import Ladder
from tanggap.escalation.services.save_ladder import CHANGED, check_first_day, check_may_change, stream_of
from tanggap.ledger.services.record import record


@transaction.atomic
def end_ladder(*, clock: str, agency: Agency, first_day: date, actor: Actor, now: datetime) -> int:
    """End an agency's own ladders of a clock; planned ones go. Clocks that run keep theirs. Returns the rows touched.

    Raises Forbidden, Invalid (too early, or the agency has none of its own).
    """
    check_may_change(actor, agency)
    check_first_day(first_day, agency, now)
    own = Ladder.objects.filter(clock=clock, agency=agency)
    planned, _rows = own.filter(valid_from__gte=first_day).delete()
    ended = own.filter(valid_until__isnull=True).update(valid_until=first_day - timedelta(days=1))
    if not planned and not ended:
        raise Invalid(_("Instansi ini tidak punya tangga sendiri untuk jam itu."), code="none")
    data = {"clock": clock, "agency_id": agency.pk, "valid_from": first_day, "steps": []}
    record(CHANGED, stream=stream_of(agency), actor=actor.key, at=now, data=data)
    return planned + ended
