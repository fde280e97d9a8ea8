"""Which bodies take part: by their people, on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Count, QuerySet

from tanggap.accounts.models import Membership
from tanggap.accounts.selectors import active_on
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency

LAST_MONTH: Final = timedelta(days=30)
_KIND: Final = Agency.Kind
COUNTED_AS: Final = {_KIND.COORDINATING_MINISTRY.value: _KIND.MINISTRY.value}
"""Published counts name ministries as one kind."""


def connected_bodies(on: date) -> dict[str, int]:
    """How many bodies of each kind had somebody in a post, in the body or in one of its units, on a day.

    All kinds but the nation and units, those without any body too; coordinating ministries are ministries.
    """
    return _by_kind(Membership.objects.filter(active_on(on)))


def active_bodies(on: date) -> dict[str, int]:
    """How many of them had one of these people signed in within the thirty days before."""
    return _by_kind(Membership.objects.filter(active_on(on), person__last_seen_on__gt=on - LAST_MONTH))


def _by_kind(posts: QuerySet[Membership]) -> dict[str, int]:
    found = dict.fromkeys(
        (kind.value for kind in _KIND if kind not in (_KIND.NATION, _KIND.UNIT) and kind.value not in COUNTED_AS), 0
    )
    bodies = posts.filter(agency__body__path__startswith=root_agency().path, agency__body__external=False)
    rows = bodies.order_by().values_list("agency__body__kind").annotate(n=Count("agency__body_id", distinct=True))
    for kind, number in rows:
        name = COUNTED_AS.get(kind, kind)
        found[name] = found.get(name, 0) + number
    return found
