"""How reading from a provider goes: what the health of a channel shows of its way in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tanggap.notify.models import ChannelHealth

EVERY = timedelta(minutes=1)


@transaction.atomic
def note_inbound(*, channel: str, brand: str, now: datetime, brought: bool = False, error: str = "") -> None:
    """`brought` something; could be asked and had nothing; or `error`, a sentence without address or password.

    Written when something changes, and while all is well at most once a minute.
    """
    row, _made = ChannelHealth.objects.get_or_create(brand=brand, channel=channel)
    if error:
        row.deaf_since, row.in_error = row.deaf_since or now, error[:200]
    else:
        fresh = row.last_in_at is not None and now - row.last_in_at < EVERY
        if row.deaf_since is None and (fresh or not brought):
            return
        row.deaf_since, row.in_error = None, ""
        row.last_in_at = now if brought else row.last_in_at
    row.save(update_fields=["last_in_at", "deaf_since", "in_error"])
