"""One press, and nothing is sent any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.cases.following import follow_of
from tanggap.notify.services.forget_recipient import forget_recipient
from tanggap.notify.transports.browsers import forget_recipient as forget_browsers


@transaction.atomic
def stop_following(*, token: str, now: datetime) -> None:
    """Forget the wish, its address and what waits to be sent; a link that is none, or was used, changes nothing."""
    follow = follow_of(token)
    if follow is not None:
        forget_recipient(recipient_key=follow.recipient_key, now=now)
        forget_browsers(follow.recipient_key)
        follow.delete()
