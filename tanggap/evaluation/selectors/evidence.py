"""What is known of bodies beside their cases, as shares that a scorecard can weigh."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from django.db.models import Case, Count, Q, When

from tanggap.accounts.days import local_day
from tanggap.accounts.models import Membership
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors import active_on
from tanggap.common.clock import now
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency
from tanggap.evaluation.models import Round
from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.measures import Measure

Evidence = Mapping[str, Mapping[str, Measure]]
"""By code of the body, then by item: the `source` of a scorecard's component of evidence."""
ACTIVE_OFFICERS: Final = "active_officers"
FOLLOW_UP: Final = "follow_up_quality"
LAST_MONTH: Final = timedelta(days=30)


def evidence_scores(codes: Collection[str], period: Period) -> Evidence:
    """The judged items of bodies over a period, in a constant number of statements.

    A body that was judged and brought nothing has the item with 0; an item that nobody has was not asked for.
    """
    found: dict[str, dict[str, Measure]] = {}
    for code, share in _active_officers(codes, period).items():
        found.setdefault(code, {})[ACTIVE_OFFICERS] = share
    for code, items in _judged(codes, period).items():
        found.setdefault(code, {}).update(items)
    return found


def _judged(codes: Collection[str], period: Period) -> dict[str, dict[str, Measure]]:
    """What finished rounds over just this period found; of several about one body the nation's, else the latest."""
    found: dict[str, dict[str, Measure]] = {}
    rounds = Round.objects.filter(state=Round.State.FINAL, first=period.first, last=period.last)
    rounds = rounds.order_by(Case(When(agency=root_agency().pk, then=1), default=0), "final_at")
    for results in rounds.values_list("results", flat=True):
        for code, body in (results or {"bodies": {}})["bodies"].items():
            if code in codes:
                found.setdefault(code, {}).update(_items(body))
    return found


def _items(body: Mapping[str, Any]) -> dict[str, Measure]:
    items = {name: Measure(Fraction(int(state == "accepted"))) for name, state in body["evidence"].items()}
    follow_up = body["follow_up"]
    if follow_up["mean"] is not None:
        items[FOLLOW_UP] = Measure(Fraction(follow_up["mean"]), follow_up["n"])
    return items


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
