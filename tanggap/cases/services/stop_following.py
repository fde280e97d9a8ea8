"""One press, and nothing is sent any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.cases.following import end_follow, follow_of


@transaction.atomic
def stop_following(*, token: str, now: datetime) -> None:
    """Forget the wish, its address and what waits to be sent; a link that is none, or was used, changes nothing."""
    follow = follow_of(token)
    if follow is not None:
        end_follow(follow, now=now)
