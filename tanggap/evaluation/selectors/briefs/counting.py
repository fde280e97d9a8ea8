"""The counts a brief is made of: a handful of statements, bounded to one body and its last thirteen months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth, TruncWeek

from tanggap.cases.models import Reporter
from tanggap.cases.workflow import Outcome, State
from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency, Category, Region
from tanggap.directory.selectors import calendar_of
from tanggap.evaluation.briefs.clusters import Counts, distinct
from tanggap.evaluation.briefs.content import Endings, LateUnit
from tanggap.evaluation.briefs.windows import Length, Window, window_of
from tanggap.evaluation.groups import Group
from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.briefs.scope import Scope
from tanggap.evaluation.selectors.cards import group_cards, monthly_cards

MOST_UNITS = 5
MOST_COMPARED = 500
NONE = "none"
"""A topic's key where a case has none, as in the report card."""
WAITING = ~Q(state__in=[State.ON_HOLD, State.ANSWERED])
SEPARATE = (Group.NATIONAL, Group.PROVINCE, Group.REGENCY, Group.CITY)


@dataclass(frozen=True)
class Counted:
    """Cases received, by topic and how many windows ago; `since` is how long ago the first came."""

    by_topic: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    since: int = 0

    @property
    def all(self) -> dict[int, int]:
        """The same for all topics together."""
        total: Counter[int] = Counter()
        for counts in self.by_topic.values():
            total.update(counts)
        return dict(total)


def received(scope: Scope, window: Window) -> Counted:
    """What came, window by window. Of the nation from its monthly cards, else by one statement."""
    by_topic: dict[str, dict[int, int]] = {}
    oldest = 0
    for topic, first, n in _monthly(scope, window) if scope.nation else _own(scope, window):
        ago = _ago(window, first)
        by_topic.setdefault(topic, {})[ago] = n
        oldest = max(oldest, ago)
    return Counted(by_topic, min(oldest, window.before))


def _own(scope: Scope, window: Window) -> list[tuple[str, date, int]]:
    cut = TruncWeek if window.length is Length.WEEK else TruncMonth
    between = Q(received_at__gte=scope.since(window), received_at__lt=scope.read_until(window))
    rows = scope.cases().filter(between).order_by().annotate(start=cut("received_at", tzinfo=scope.zone))
    counted = rows.values_list("category_id", "start").annotate(n=Count("pk"))
    return [(category or NONE, start.date(), n) for category, start, n in counted]


def _monthly(scope: Scope, window: Window) -> list[tuple[str, date, int]]:
    cards = monthly_cards(scope.agency, Period(window.shifted(-window.before).first, window.last))
    return [(topic, card.first, n) for card in cards for topic, n in card.figures.by_category.items() if n]


def _ago(window: Window, first: date) -> int:
    start = window_of(first, window.length).first
    if window.length is Length.WEEK:
        return (window.first - start).days // 7
    return (window.first.year - start.year) * 12 + window.first.month - start.month


def by_place(scope: Scope, window: Window) -> Counts:
    """How many of the window's cases by topic and place; the nation has no places."""
    if scope.nation:
        return {}
    rows = scope.cases().filter(scope.during(window)).order_by().values_list("category_id", "region_id")
    return {(category or "", region or ""): n for category, region, n in rows.annotate(n=Count("pk"))}


def endings(scope: Scope, window: Window) -> Endings:
    """What was closed in the window and the one before, of the cases of thirteen months; what was handed back."""
    if scope.nation:
        return _national_endings(scope, window)
    this, before = scope.during(window, "closed_at"), scope.during(window.shifted(-1), "closed_at")
    closed = Q(state=State.CLOSED)
    row = (
        scope.cases()
        .filter(received_at__gte=scope.since(window), received_at__lt=scope.read_until(window))
        .aggregate(
            closed=Count("pk", filter=closed & this),
            before=Count("pk", filter=closed & before),
            silent=Count("pk", filter=closed & this & Q(outcome=Outcome.SILENT)),
            returned=Count("pk", filter=scope.during(window) & Q(returns__gt=0)),
        )
    )
    return Endings(row["closed"], row["before"], row["silent"], row["returned"])


def _national_endings(scope: Scope, window: Window) -> Endings:
    before, now = monthly_cards(scope.agency, Period(window.shifted(-1).first, window.last))
    closed, closed_before = (card.figures.by_state[State.CLOSED.value] for card in (now, before))
    return Endings(closed, closed_before, now.figures.closed_silent, now.figures.returned)


def late_units(scope: Scope, now: datetime) -> tuple[list[LateUnit], int, int]:
    """The offices with the most cases over their limit, how many offices there are, and how many cases."""
    if scope.nation:
        return _late_bodies(scope, now)
    late = Q(due_at__lt=now) & WAITING
    rows = list(
        scope.cases()
        .filter(late)
        .order_by()
        .values("agency_id")
        .annotate(n=Count("pk"), since=Min("due_at"))
        .order_by("-n", "since", "agency_id")[:MOST_COMPARED]
    )
    names = dict(Agency.objects.filter(pk__in=[row["agency_id"] for row in rows]).values_list("pk", "name"))
    found = [
        LateUnit(
            row["agency_id"],
            names[row["agency_id"]],
            row["n"],
            row["since"].astimezone(scope.zone),
            _days_since(row["agency_id"], row["since"], now),
        )
        for row in rows
    ]
    return found[:MOST_UNITS], len(found), sum(unit.n for unit in found)


def _days_since(agency_id: int, since: datetime, now: datetime) -> int:
    """Working days over the limit, where the office is; at least the one that has begun."""
    return max(1, int(calendar_of(agency_id).working_days_between(since, now)))


def _late_bodies(scope: Scope, now: datetime) -> tuple[list[LateUnit], int, int]:
    """Of the nation: bodies by what is overdue among the cases of twelve months, from their cards."""
    today = scope.today(now)
    period = Period(window_of(today, Length.MONTH).shifted(-11).first, today)
    late = {card.agency: n for group in SEPARATE for card in group_cards(group, period) if (n := card.figures.overdue)}
    most = sorted(late.items(), key=lambda one: (-one[1], one[0] or ""))[:MOST_UNITS]
    rows = {code: (pk, name) for pk, code, name in _bodies([code for code, _n in most])}
    found = [LateUnit(*rows[code], n, None, None) for code, n in most if code in rows]
    return found, len(late), sum(late.values())


def _bodies(codes: Collection[str | None]) -> list[tuple[int, str, str]]:
    return list(Agency.objects.filter(code__in=codes).values_list("pk", "code", "name"))


@revision_cached
def topic_names() -> Mapping[str, str]:
    """The names of all topics by code."""
    return dict(Category.objects.values_list("code", "name"))


def place_names(codes: Collection[str]) -> dict[str, str]:
    """The names of places by code, a district said to be one."""
    district = Region.Kind.DISTRICT
    rows = Region.objects.filter(pk__in=set(codes)).values_list("pk", "name", "kind") if codes else []
    return {code: f"Kecamatan {name}" if kind == district else name for code, name, kind in rows}


def reporters_of(rows: Sequence[tuple[int, bool]]) -> tuple[int, int]:
    """From how many people these cases (key, anonymous) come, by the keyed digests of their contacts.

    Digests are shown to nobody. Whoever wished to be anonymous is compared with nobody: that two such reports come
    from one person is theirs to tell.
    """
    named = [pk for pk, anonymous in rows if not anonymous]
    columns = ("phone_index", "email_index", "account_index", "sender_index")
    known = {pk: row for pk, *row in Reporter.objects.filter(pk__in=named).values_list("pk", *columns)}
    return distinct([{bytes(one) for one in known.get(pk, ()) if one is not None} for pk, _anonymous in rows])
