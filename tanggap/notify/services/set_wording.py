"""An instance says a message in its own words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.ledger.services.record import record
from tanggap.notify.models import Wording
from tanggap.notify.own_words import check_known, cleaned, stream_of


@transaction.atomic
def set_wording(
    *,
    template: str,
    channel: str,
    language: str,
    subject: str,
    body: str,
    actor_key: str,
    now: datetime,
    reason: str = "",
) -> Wording:
    """Keep these words from now on. Raises NotFound for no such message, Invalid for words that may not be used.

    The event holds the words: they are public text, and what a row said before is nowhere else.
    """
    check_known(template, channel, language)
    subject, body = cleaned(template, subject, body)
    row, _made = Wording.objects.update_or_create(
        template=template,
        channel=channel,
        language=language,
        defaults={"subject": subject, "body": body, "updated_at": now, "updated_by_key": actor_key},
    )
    data = {"subject": subject, "body": body, "reason": reason}
    stream = stream_of(template, channel, language)
    record("wording.changed", stream=stream, actor=actor_key, at=now, data=data, react=False)
    return row
