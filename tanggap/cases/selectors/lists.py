"""Lists of cases: the officer's inbox, what is due first; the public list, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case, CaseAlias, Message
from tanggap.cases.policies import cases_visible_to, public_cases
from tanggap.cases.selectors.finding import with_words
from tanggap.cases.workflow import State
from tanggap.common.ids import normalize_tracking_id
from tanggap.directory.cache import revision_cached
from tanggap.directory.calendar import WorkingCalendar
from tanggap.directory.models import Agency, Category

QUEUES: dict[str, Q] = {
    "attention": Q(state__in=[State.UNVERIFIED, State.FORWARDED, State.IN_PROGRESS]),
    "waiting": Q(state__in=[State.ON_HOLD, State.ANSWERED]),
    "objections": Q(state=State.IN_PROGRESS, objection_due_at__isnull=False),
    "open": Q(due_at__isnull=False),
}
ENDED = "ended"
# Reporters who spoke of pressure: told to the inspector and the ombudsman, never to the agency (DOMAIN §6).
PRESSED = "pressed"
TOLD_OF_PRESSURE = (Role.INSPECTOR, Role.OMBUDSMAN)
NEWEST_FIRST = (ENDED, PRESSED)
COUNT_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """What an address can ask a list for; anything unknown was dropped before, never an error page.

    `mine`: given to the reader; `drafted`: an answer of somebody else waits there for a second person.
    """

    state: str = ""
    classification: str = ""
    category: str = ""
    channel: str = ""
    region: str = ""
    agency_id: int | None = None
    late: bool = False
    mine: bool = False
    drafted: bool = False
    text: str = ""
    since: date | None = None
    until: date | None = None


def _narrowed(cases: QuerySet[Case], filters: Filters, *, now: datetime, calendar: WorkingCalendar) -> QuerySet[Case]:
    wanted = Q(**{name: value for name in ("state", "classification", "channel") if (value := getattr(filters, name))})
    if filters.category:
        topics = Category.objects.filter(Q(pk=filters.category) | Q(parent_id=filters.category))
        wanted &= Q(category__in=topics.values("pk"))
    if filters.region:
        wanted &= Q(region_id=filters.region) | Q(region__code__startswith=filters.region + ".")
    if filters.agency_id:
        wanted &= _held_by(filters.agency_id)
    if filters.late:
        wanted &= Q(due_at__lt=now)
    return _matching(cases.filter(wanted & _between(filters, calendar)), filters.text)


def _held_by(agency_id: int) -> Q:
    """A body with all its units, or one unit: one column each, because an OR of both would read the whole table."""
    return Q(body_id=agency_id) if _is_body(agency_id) else Q(agency_id=agency_id)


@revision_cached
def _is_body(agency_id: int) -> bool:
    return Agency.objects.filter(pk=agency_id, body_id=agency_id).exists()


def _between(filters: Filters, calendar: WorkingCalendar) -> Q:
    """Received between two dates, both included, in the reader's zone."""
    since = Q(received_at__gte=datetime.combine(filters.since, time.min, calendar.zone)) if filters.since else Q()
    until = Q(received_at__lte=datetime.combine(filters.until, time.max, calendar.zone)) if filters.until else Q()
    return since & until


def _matching(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """A number finds its case, words find titles. Names, phones and e-mails are nowhere searched."""
    text = text.strip()[:200]
    if not text:
        return cases
    tracking_id = normalize_tracking_id(text)
    if tracking_id:
        return cases.filter(tracking_id=tracking_id)
    # Asked before: with a question inside the OR, no index of titles would be looked into.
    numbered = list(CaseAlias.objects.filter(value=text[:64]).values_list("case_id", flat=True))
    return cases.filter(Q(pk__in=numbered) | Q(title__icontains=text) if numbered else Q(title__icontains=text))


def inbox(actor: Actor, *, queue: str, filters: Filters, now: datetime, calendar: WorkingCalendar) -> QuerySet[Case]:
    """The officer's cases of one queue, due first; page it with `keyset_page(order=("due_at", "id"))`.

    The queues of NEWEST_FIRST are ordered by `("-received_at", "-id")` instead.
    """
    cases = pressed_cases(actor) if queue == PRESSED else cases_visible_to(actor)
    cases = cases.select_related("agency__body", "region", "category", "assignment__person")
    cases = cases.prefetch_related("hold_rows")
    cases = _for_oneself(cases, actor, filters)
    if queue == PRESSED:
        return _narrowed(cases, filters, now=now, calendar=calendar)
    if queue == ENDED:
        cases = cases.filter(due_at__isnull=True)
    else:
        cases = cases.filter(QUEUES.get(queue, QUEUES["open"]), due_at__isnull=False)
    return _narrowed(cases, filters, now=now, calendar=calendar)


def _for_oneself(cases: QuerySet[Case], actor: Actor, filters: Filters) -> QuerySet[Case]:
    if filters.mine:
        cases = cases.filter(assignment__person_id=actor.own_id)
    if filters.drafted:
        drafts = Message.objects.filter(case=OuterRef("pk"), draft=True, discarded_at__isnull=True)
        cases = cases.filter(Exists(drafts.exclude(author_key=actor.key)))
    return cases


def pressed_cases(actor: Actor) -> QuerySet[Case]:
    """The cases whose reporters spoke of pressure, through the posts that are told of it and no other post."""
    return cases_visible_to(actor.through(*TOLD_OF_PRESSURE)).filter(pressed=True)


def queue_counts(actor: Actor, parts: Mapping[str, Q] | None = None) -> dict[str, int]:
    """How many cases stand in each queue, counted up to a thousand: one statement, bounded.

    `parts` are further conditions to count on the way, by name.
    """
    open_cases = cases_visible_to(actor).filter(due_at__isnull=False).order_by("due_at", "id")
    asked = {**QUEUES, **(parts or {})}
    wanted = {name: Count("pk", filter=condition) for name, condition in asked.items()}
    counts = open_cases[:COUNT_AT_MOST].aggregate(**wanted)
    return {name: int(value) for name, value in counts.items()}


def public_list(filters: Filters, *, now: datetime, calendar: WorkingCalendar) -> QuerySet[Case]:
    """Public cases, newest first; page it with `keyset_page(order=("-received_at", "-id"))`."""
    cases = public_cases().select_related("agency__body", "region", "category")
    words, tracking_id = _asked(filters)
    if words:
        # One look into the index answers words and filters: neither every case of the place nor every one with a
        # common word is read.
        rest = replace(filters, text="", state="", classification="", category="", region="", agency_id=None)
        narrowed = _narrowed(cases, rest, now=now, calendar=calendar)
        return with_words(narrowed, words, marks=_marks(filters))
    narrowed = _narrowed(cases, replace(filters, text=""), now=now, calendar=calendar)
    return narrowed.filter(tracking_id=tracking_id) if tracking_id else narrowed


def _asked(filters: Filters) -> tuple[str, str]:
    """Words or a tracking id; one of them is empty."""
    text = filters.text.strip()[:200]
    tracking_id = (normalize_tracking_id(text) if text else None) or ""
    return ("" if tracking_id else text), tracking_id


def _marks(filters: Filters) -> list[str]:
    """What `searching` marks a case with, for the filters that it knows."""
    given = {"S": filters.state, "C": filters.classification, "T": filters.category, "R": filters.region}
    if filters.agency_id:
        given["B" if _is_body(filters.agency_id) else "A"] = str(filters.agency_id)
    return [f"{kind}:{value}" for kind, value in given.items() if value]
