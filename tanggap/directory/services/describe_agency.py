"""What an agency deals with, and whether its answers need two people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory import cache
from tanggap.directory.models import Agency
from tanggap.directory.tree import clean_topics, locked, require_active, require_reason
from tanggap.ledger.services.record import record

LONGEST_TOPICS = 400
DESCRIBED = ("topics", "two_person_answers")


@transaction.atomic
def describe_agency(
    *, agency: Agency, topics: str, two_person_answers: bool, actor_key: str, reason: str, now: datetime
) -> Agency:
    """Set its topics (separated by `;`, suggestions stand on them) and the rule of two people.

    Raises Invalid or Refused.
    """
    reason = require_reason(reason)
    (row,) = locked(agency.pk)
    require_active(row)
    words = clean_topics(topics)
    if len(words) > LONGEST_TOPICS:
        raise Invalid(_("Urusan paling banyak 400 huruf."), field="topics")
    before = {name: getattr(row, name) for name in DESCRIBED}
    row.topics, row.two_person_answers = words, two_person_answers
    row.save(update_fields=list(DESCRIBED))
    data = {"before": before, "after": {name: getattr(row, name) for name in DESCRIBED}, "reason": reason}
    record("agency.described", stream=f"agency:{row.pk}", actor=actor_key, at=now, data=data, react=False)
    cache.clear()
    transaction.on_commit(cache.clear)
    return row
