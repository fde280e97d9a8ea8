"""The due dates of clocks that still run, again: as the rules give them now, and as others would.

A change of rules moves a date where the two differ, and only there: what was set for another reason (an earlier
holder's zone, a hold) is never tidied up on the way. A clock that has run out stays run out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from django.db.models import Q, QuerySet

from tanggap.cases.clocks import Pause
from tanggap.cases.deadlines import Rules, due_for, limit_rows, pauses_of
from tanggap.cases.limit_edits import LimitEdit
from tanggap.cases.models import Case, ClockName, Hold, Message, MessageKind
from tanggap.cases.workflow import State
from tanggap.directory.calendar_edits import CalendarEdit
from tanggap.directory.selectors import edited_calendar_of, prepare_calendars
from tanggap.ledger.models import Event

COLUMNS = (
    "verification_due_at",
    "answer_due_at",
    "resolution_due_at",
    "window_ends_at",
    "hold_due_at",
    "objection_due_at",
    "statutory_due_at",
)
LONGEST_ZONE = timedelta(hours=14)
_BACK = (MessageKind.OBJECTION, MessageKind.EXPLANATION)

Edit = CalendarEdit | LimitEdit


def rules_with(edit: Edit) -> Rules:
    """The rules as they would be with an edit that is not saved, or were before one that is (its reverse)."""
    if isinstance(edit, LimitEdit):
        rows = edit.applied_to(limit_rows())
        return Rules(rows=lambda: rows)
    return Rules(calendar=cache(lambda agency_id: edited_calendar_of(agency_id, edit)))


def edit_of(event: Event) -> Edit:
    """What an event of a calendar or of a limit changed."""
    if event.stream.startswith("calendar:"):
        return CalendarEdit.from_json(event.data["edit"])
    return LimitEdit.from_json(event.data["edit"])


@dataclass(frozen=True, slots=True)
class Facts:
    """What the dates of one case stand on besides its own columns."""

    pauses: tuple[Pause, ...] = ()
    asked_at: datetime | None = None
    replied_at: datetime | None = None
    brought_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose dates differ, column by column: what is stored, and what it becomes."""

    case: Case
    dates: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)

    @property
    def earlier(self) -> bool:
        """Whether some limit comes nearer."""
        return any(new < old for old, new in self.dates.values())


def open_cases(cases: QuerySet[Case], *, path: str, first_day: date) -> QuerySet[Case]:
    """Those with a clock that ends on or after a day, at an agency or below it ("" for everybody)."""
    floor = datetime.combine(first_day, time(), UTC) - LONGEST_ZONE
    ends_later = Q()
    for column in COLUMNS:
        ends_later |= Q(**{f"{column}__gte": floor})
    found = cases.filter(ends_later, due_at__isnull=False)
    return found.filter(agency__path__startswith=path) if path else found


def moves_of(cases: Sequence[Case], *, before: Rules, after: Rules, now: datetime) -> list[Moved]:
    """The cases whose open dates differ between two sets of rules. A constant number of statements."""
    prepare_calendars({case.agency_id for case in cases})
    facts = _facts_of(cases)
    found = (Moved(case, _differences(case, facts[case.pk], before, after, now)) for case in cases)
    return [moved for moved in found if moved.dates]


def _differences(
    case: Case, facts: Facts, before: Rules, after: Rules, now: datetime
) -> dict[str, tuple[datetime, datetime]]:
    dates = {}
    for column, due in _clocks(case, facts):
        stored: datetime | None = getattr(case, column)
        if stored is None or stored < now:  # no date to move; or late, which nothing undoes
            continue
        new = due(after)
        if new != due(before) and new != stored:
            dates[column] = (stored, new)
    return dates


Due = Callable[[Rules], datetime]


def _clocks(case: Case, facts: Facts) -> Iterable[tuple[str, Due]]:
    """The clocks of the case that have not stopped, each with how its date follows from rules."""
    if case.verified_at is None:
        yield "verification_due_at", _due(case, ClockName.VERIFICATION, case.received_at, facts.pauses)
    if case.answered_at is None:
        yield from _agency_clocks(case, facts)
    elif case.state == State.ANSWERED:
        start = max(case.answered_at, facts.replied_at or case.answered_at)
        yield "window_ends_at", _due(case, ClockName.WINDOW, start)
    if case.state == State.ON_HOLD and facts.asked_at is not None:
        yield "hold_due_at", _due(case, ClockName.COMPLETION, facts.asked_at)
    if case.objection_due_at is not None and facts.brought_back_at is not None:
        yield "objection_due_at", _due(case, ClockName.RESOLUTION, facts.brought_back_at, facts.pauses)


def _agency_clocks(case: Case, facts: Facts) -> Iterable[tuple[str, Due]]:
    if case.forwarded_at is not None:
        if case.first_answered_at is None:
            yield "answer_due_at", _due(case, ClockName.FIRST_ANSWER, case.forwarded_at, facts.pauses)
        yield "resolution_due_at", _due(case, ClockName.RESOLUTION, case.forwarded_at, facts.pauses)
    if case.verified_at is not None:
        complete = max(case.verified_at, case.completed_at or case.verified_at)
        yield "statutory_due_at", _due(case, ClockName.STATUTORY, complete)


def _due(case: Case, clock: str, start: datetime, pauses: tuple[Pause, ...] = ()) -> Due:
    return lambda rules: due_for(case, clock, start, pauses, rules)


def _facts_of(cases: Sequence[Case]) -> dict[int, Facts]:
    """Holds and the words that began a window or a second limit, of many cases in two statements."""
    ids = [case.pk for case in cases]
    holds: dict[int, list[Hold]] = defaultdict(list)
    for hold in Hold.objects.filter(case_id__in=ids).only("case_id", "asked_at", "ended_at").order_by("asked_at"):
        holds[hold.case_id].append(hold)
    last: dict[tuple[int, bool], datetime] = {}
    words = Message.objects.filter(case_id__in=ids, kind__in=[MessageKind.REPLY, *_BACK]).order_by("at", "id")
    for case_id, kind, at in words.values_list("case_id", "kind", "at"):
        last[case_id, kind in _BACK] = at
    return {
        pk: Facts(
            pauses=pauses_of([hold for hold in holds[pk] if hold.ended_at is not None]),
            asked_at=next((hold.asked_at for hold in holds[pk] if hold.ended_at is None), None),
            replied_at=last.get((pk, False)),
            brought_back_at=last.get((pk, True)),
        )
        for pk in ids
    }


def takes_effect(edit: Edit, *, now: datetime) -> bool:
    """Whether a clock that runs already can be touched. A limit that begins later cannot: see `limit_for`."""
    return isinstance(edit, CalendarEdit) or edit.first_day <= (now + LONGEST_ZONE).date()
