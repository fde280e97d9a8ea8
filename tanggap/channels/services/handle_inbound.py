"""An officer deals with a message that the machine could not: it becomes a report, or it is none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.texts import clean_text
from tanggap.channels.models import Inbound, InboundState
from tanggap.channels.reading import said_in
from tanggap.channels.services.retry_inbound import lock_stuck
from tanggap.channels.talking import contact_of
from tanggap.directory.models import Brand
from tanggap.ledger.services.record import record

LONGEST_REASON = 200


@transaction.atomic
def handle_inbound(*, inbound_id: int, text: str = "", reason: str = "", actor: Actor, now: datetime) -> Case | None:
    """With `text` a case is made of it, by the channel it came by and for its sender; without, `reason` says why not.

    Raises Forbidden, Refused (already dealt with), Invalid (neither text nor reason; text too long).
    """
    row = lock_stuck(inbound_id, actor)
    if text.strip():
        case = _submitted(row, text, actor, now)
        row.stream = case.stream
    else:
        case = None
        row.reason = clean_text(reason, field="reason", longest=LONGEST_REASON)
    row.state, row.done_at, row.handled_by_key = InboundState.HANDLED, now, actor.key
    row.save(update_fields=["state", "done_at", "handled_by_key", "stream", "reason"])
    data = {"case": row.stream} if case else {}
    words = None if case else {"reason": row.reason}
    stream = f"inbound:{row.pk}"
    record("inbound.handled", stream=stream, actor=actor.key, at=now, data=data, personal=words, react=False)
    return case


def _submitted(row: Inbound, text: str, actor: Actor, now: datetime) -> Case:
    brand = Brand.objects.select_related("agency").filter(slug=row.brand).first()
    said = said_in(row)
    submission = Submission(
        text=text,
        channel=row.channel,
        agency=brand.agency if brand else None,
        brand=brand,
        contact=contact_of(said.sender) if said else None,
        entered_by_key=actor.key,
    )
    return submit_case(submission=submission, actor=actor, now=now).case
