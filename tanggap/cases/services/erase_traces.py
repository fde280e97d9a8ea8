"""What somebody left on the cases of others is forgotten: whom they follow, what they joined."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from tanggap.cases.following import end_follow
from tanggap.cases.models import Endorsement
from tanggap.cases.owndata.traces import follows_of, marks_of


@transaction.atomic
def erase_traces(*, person_id: int | None, emails: Collection[str], now: datetime) -> int:
    """End every follow of these proved addresses and make every mark of the account nobody's; how many rows.

    A mark stays as an anonymous count: the number of people who have a problem does not shrink because one of them
    is forgotten. Running it twice changes nothing more.
    """
    follows = list(follows_of(emails).select_for_update(of=("self",)))
    for follow in follows:
        end_follow(follow, now=now)
    marks = list(marks_of(person_id).select_for_update(of=("self",)))
    for mark in marks:
        mark.account_index, mark.voter_digest = None, secrets.token_bytes(16)
    Endorsement.objects.bulk_update(marks, ["account_index", "voter_digest"], batch_size=500)
    return len(follows) + len(marks)
