"""Back to the words shipped with the product."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.ledger.services.record import record
from tanggap.notify.models import Wording
from tanggap.notify.own_words import check_known, stream_of


@transaction.atomic
def reset_wording(*, template: str, channel: str, language: str, actor_key: str, now: datetime) -> bool:
    """Forget the instance's own words; whether there were any. Raises NotFound for no such message."""
    check_known(template, channel, language)
    gone, _rows = Wording.objects.filter(template=template, channel=channel, language=language).delete()
    if gone:
        stream = stream_of(template, channel, language)
        record("wording.reset", stream=stream, actor=actor_key, at=now, react=False)
    return bool(gone)
