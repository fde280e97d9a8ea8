"""Tags of posters, desks and vans as officers see them."""

from __future__ import annotations

from datetime import date

from tanggap.accounts.actor import Actor
from tanggap.channels.policies import ENTERS_CASES
from tanggap.channels.selectors.source_tags import tags_for_entry
from tanggap.common.clock import now

MOST_CHOICES = 200


def tag_choices(actor: Actor) -> list[tuple[str, str]]:
    """The tags an entry of this officer can carry."""
    rows = tags_for_entry(actor.through(*ENTERS_CASES), now=now())[:MOST_CHOICES]
    return [(row.slug, row.label) for row in rows]


def months_before(today: date, number: int = 6) -> list[date]:
    """The first days of this month and those before it, newest first: the rest scrolls on a phone."""
    count = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(count, count - number, -1)]
