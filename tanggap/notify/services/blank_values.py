"""Taking words out of messages that were written before they had to be kept back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tanggap.notify.models import Message


@transaction.atomic
def blank_values(*, stream: str, values: Mapping[str, str], now: datetime, recipient_key: str = "") -> int:
    """Put `values` in place of what the messages about `stream` say, sent ones too; how many were changed.

    What waits leaves without the words, and what was sent is not read again in the outbox.
    """
    rows = Message.objects.select_for_update().filter(stream=stream).exclude(stream="").order_by("id")
    if recipient_key:
        rows = rows.filter(recipient_key=recipient_key)
    changed = []
    for row in rows:
        kept = {name: values.get(name, value) for name, value in row.values.items()}
        if kept != row.values:
            row.values = kept
            changed.append(row)
    Message.objects.bulk_update(changed, ["values"], batch_size=200)
    return len(changed)
