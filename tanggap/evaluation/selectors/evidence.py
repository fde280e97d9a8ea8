"""What is known of bodies beside their cases, as shares that a scorecard can weigh."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Final

from django.db.models import Count, Q

from tanggap.accounts.days import local_day
from tanggap.accounts.models import Membership
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors import active_on
from tanggap.common.clock import now
from tanggap.directory.models import Agency
from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.measures import Measure

Evidence = Mapping[str, Mapping[str, Measure]]
"""By code of the body, then by item: the `source` of a scorecard's component of evidence."""
ACTIVE_OFFICERS: Final = "active_officers"
LAST_MONTH: Final = timedelta(days=30)


def evidence_scores(codes: Collection[str], period: Period) -> Evidence:
    """The judged items of bodies over a period, in a constant number of statements.

    A body that was judged and brought nothing has the item with 0; an item that nobody has was not asked for.
    """
    return {code: {ACTIVE_OFFICERS: share} for code, share in _active_officers(codes, period).items()}


def _active_officers(codes: Collection[str], period: Period) -> dict[str, Measure]:
    """Liaison officers of a body and its units who signed in within thirty days, of all in their posts.

    Only the last visit of a person is kept, so that this is known while the period runs and for a month after it:
    for any earlier one nobody has the item, and it does not count.
    """
    today = local_day(now())
    if period.first > today or today - period.last > LAST_MONTH:
        return {}
    posts = Membership.objects.filter(active_on(today), role=Role.LIAISON_OFFICER, person__is_active=True)
    came = Q(person__last_seen_on__gt=today - LAST_MONTH)
    # Counted for all bodies by number: joined to their rows and picked by code, it would take twice as long.
    counted = posts.order_by().values_list("agency__body_id").annotate(all=Count("pk"), came=Count("pk", filter=came))
    shares = {body_id: Measure(Fraction(active, officers)) for body_id, officers, active in counted}
    bodies = Agency.objects.filter(code__in=codes).values_list("pk", "code")
    return {code: shares[pk] for pk, code in bodies if pk in shares}
