"""Everything that rings, in one place: what is late, which posts are empty, who stays away, what does not arrive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Min, Q

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import COORDINATOR_MAY_INVITE, Role
from tanggap.accounts.selectors import active_posts, alarmed_units
from tanggap.accounts.selectors.inactivity import Quiet, quiet_bodies, quiet_units
from tanggap.cases.models import Assignment, Case, HidingRequest, Leg
from tanggap.cases.policies import cases_visible_to
from tanggap.console import figures
from tanggap.console.outbox import dead_letters, reads_through, role_words
from tanggap.directory.models import Agency
from tanggap.escalation.models import TakenStep
from tanggap.notify.models import ChannelHealth, Message, MessageState

HEARS_ALARMS = (Role.COORDINATOR, Role.NATIONAL_ADMIN)
MOST_ROWS = 50
COUNT_AT_MOST = 1000
# How far back an undelivered message still rings; the list of dead letters keeps them all.
RINGS_FOR = timedelta(days=30)
# How old the number in the header may be: it stands on every page and may not cost every page a look.
REMEMBERED = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class LateUnit:
    """What one agency has let pass."""

    agency: Agency
    late: int
    oldest_due: datetime


@dataclass(frozen=True, slots=True)
class EmptyPost:
    """A post that steps of ladders were addressed to and nobody fills."""

    role: str
    title: str
    agency: Agency
    messages: int
    since: datetime
    fillable: bool


@dataclass(frozen=True, slots=True)
class Away:
    """An agency whose officers stay away."""

    agency: Agency
    officers: int
    last_seen_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Alarms:
    """All alarms of one reader."""

    late: list[LateUnit]
    late_count: int
    posts: list[EmptyPost]
    vacant_units: int
    away: list[Away]
    failed: int
    failing: list[str]
    wishes: int

    @property
    def lit(self) -> int:
        """How many kinds of alarm ring: the number in the header."""
        kinds = (self.late_count, self.posts or self.vacant_units, self.away, self.failed, self.failing, self.wishes)
        return sum(1 for kind in kinds if kind)


def alarms_of(actor: Actor, *, now: datetime) -> Alarms:
    """Read afresh, and remembered for the header."""
    reader = reads_through(actor)
    on = local_day(now)
    dead = dead_letters(actor).filter(created_at__gt=now - RINGS_FOR)
    found = Alarms(
        late=late_units(reader, now),
        late_count=figures.late_cases(reader, now).values("pk").order_by()[:COUNT_AT_MOST].count(),
        posts=empty_posts(dead, on, may_fill=None if governs_everything(actor) else COORDINATOR_MAY_INVITE),
        vacant_units=alarmed_units(reader, on=on).count(),
        away=away_agencies(reader, on),
        failed=dead.filter(state=MessageState.FAILED).values("pk").order_by()[:COUNT_AT_MOST].count(),
        failing=failing_channels() if governs_everything(actor) else [],
        wishes=hiding_wishes(reader),
    )
    cache.set(_key(actor), found.lit, REMEMBERED.total_seconds())
    return found


def lit_for(actor: Actor, *, now: datetime) -> int:
    """How many kinds ring, at most two minutes old."""
    known = cache.get(_key(actor))
    return int(known) if known is not None else alarms_of(actor, now=now).lit


def _key(actor: Actor) -> str:
    return f"alarms:{actor.key}:{','.join(str(grant.membership_id) for grant in actor.grants)}"


def hiding_wishes(actor: Actor) -> int:
    """How many people wait for an answer whether words about them are hidden."""
    waiting = HidingRequest.objects.filter(decided_at=None, case__in=cases_visible_to(actor))
    return waiting.values("pk")[:COUNT_AT_MOST].count()


def late_units(actor: Actor, now: datetime) -> list[LateUnit]:
    """Agencies with late cases, the most first. One GROUP BY and the names."""
    rows: Any = figures.late_cases(actor, now).select_related(None).order_by().values("agency_id")
    found = list(rows.annotate(late=Count("pk"), oldest=Min("due_at")).order_by("-late", "agency_id")[:MOST_ROWS])
    agencies = Agency.objects.select_related("body").in_bulk([row["agency_id"] for row in found])
    return [LateUnit(agencies[row["agency_id"]], row["late"], row["oldest"]) for row in found]


def empty_posts(dead: Any, on: date, *, may_fill: Collection[str] | None) -> list[EmptyPost]:
    """Posts that the newest undelivered steps asked for, as far as they are still empty. Four statements.

    `may_fill` are the roles the reader may appoint to; None means all.
    """
    rows: Sequence[Message] = dead.filter(state=MessageState.UNDELIVERABLE, source__startswith="step:").order_by("-id")[
        :COUNT_AT_MOST
    ]
    sources = [number for row in rows if (number := row.source.removeprefix("step:")).isdigit()]
    asked: Any = TakenStep.objects.filter(pk__in=sources, agency__isnull=False).order_by()
    grouped = asked.values("agency_id", "asked_role").annotate(n=Count("pk"), since=Min("due_at")).order_by("since")
    found = list(grouped[:MOST_ROWS])
    agencies = Agency.objects.select_related("body").in_bulk({row["agency_id"] for row in found})
    filled = _filled({row["asked_role"] for row in found}, agencies.values(), on)
    return [
        EmptyPost(
            role=row["asked_role"],
            title=role_words(row["asked_role"]),
            agency=agencies[row["agency_id"]],
            messages=row["n"],
            since=row["since"],
            fillable=may_fill is None or row["asked_role"] in may_fill,
        )
        for row in found
        if not any((row["asked_role"], level) in filled for level in _levels(agencies[row["agency_id"]]))
    ]


def _levels(agency: Agency) -> list[int]:
    return [int(part) for part in agency.path.strip("/").split("/")]


def _filled(roles: set[str], agencies: Any, on: date) -> set[tuple[str, int]]:
    levels = {level for agency in agencies for level in _levels(agency)}
    if not levels:
        return set()
    # Somebody without any address fills the post and still cannot be reached.
    reachable = Q(person__email__isnull=False) | Q(person__phone__isnull=False)
    posts = active_posts(on).filter(reachable, role__in=roles, agency_id__in=levels).order_by()
    return set(posts.values_list("role", "agency_id"))


def away_agencies(actor: Actor, on: date) -> list[Away]:
    """Units of the own subtree whose officers stay away; for national admins whole governments and bodies."""
    quiet: list[Quiet] = []
    if governs_everything(actor):
        quiet = quiet_bodies(on=on, limit=MOST_ROWS)
    elif grants := actor.grants_of(Role.COORDINATOR):
        quiet = quiet_units(on=on, within=[grant.path for grant in grants], limit=MOST_ROWS)
    agencies = Agency.objects.select_related("body").in_bulk([one.agency_id for one in quiet])
    return [
        Away(agencies[one.agency_id], one.officers, one.last_seen_on, (on - one.since).days)
        for one in quiet
    ]  # fmt: skip


def failing_channels() -> list[str]:
    """Channels of which a provider does not answer."""
    rows = ChannelHealth.objects.filter(failing_since__isnull=False).order_by("channel")
    return list(rows.values_list("channel", flat=True).distinct()[:MOST_ROWS])


@dataclass(frozen=True, slots=True)
class LateCase:
    """One late case: who holds it, since when, and how long it is over its limit."""

    case: Case
    held_from: datetime | None
    officer: str


def late_rows(cases: Sequence[Case]) -> list[LateCase]:
    """The page's cases with holder and officer; two statements."""
    ids = [case.pk for case in cases]
    legs = dict(Leg.objects.filter(case_id__in=ids, held_to__isnull=True).values_list("case_id", "held_from"))
    assigned = Assignment.objects.filter(case_id__in=ids).values_list("case_id", "person__name")
    officers = dict(assigned)
    return [LateCase(case, legs.get(case.pk), officers.get(case.pk, "")) for case in cases]
