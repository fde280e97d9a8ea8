"""Which limit applies to a case, and the dates that follow from it.

Limits are dated rows (`DeadlinePolicy`); the arithmetic is in `clocks`. Due dates of an agency's clocks are set by
the first forwarding only, and move afterwards for a recorded reason alone: a hold, a corrected classification, a
changed calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from tanggap.cases.clocks import Limit, Pause, Unit, due_at
from tanggap.cases.models import Case, ClockName, DeadlinePolicy, Hold, LimitUnit, MessageKind
from tanggap.cases.workflow import Classification, State
from tanggap.directory.cache import revision_cached
from tanggap.directory.calendar import WorkingCalendar
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of

_HOURS = {LimitUnit.HOURS: 1, LimitUnit.WORKING_DAYS: 24, LimitUnit.CALENDAR_DAYS: 24}


class NoPolicy(LookupError):
    """No dated row answers for this clock: the reference data was not loaded."""


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One dated row as the rules read it. `agency_id` None: everybody; `classification` "": all."""

    clock: str
    classification: str
    agency_id: int | None
    urgent: bool
    limit: Limit
    valid_from: date
    valid_until: date | None
    source: str = ""

    def applies(self, clock: str, classification: str, path: str, urgent: bool, on: date) -> bool:
        """Whether the row speaks of this clock, case and day. Rows for urgent cases apply to those alone."""
        return (
            self.clock == clock
            and self.classification in ("", classification)
            and (self.agency_id is None or f"/{self.agency_id}/" in path)
            and (urgent or not self.urgent)
            and self.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )


@revision_cached
def limit_rows() -> tuple[LimitRow, ...]:
    """Every dated row."""
    return tuple(
        LimitRow(
            policy.clock,
            policy.classification,
            policy.agency_id,
            policy.urgent,
            Limit(policy.amount, cast("Unit", policy.unit)),
            policy.valid_from,
            policy.valid_until,
            policy.source,
        )
        for policy in DeadlinePolicy.objects.all()
    )


@dataclass(frozen=True)
class Rules:
    """The calendars and limits in force; others in their place show what a change would do."""

    calendar: Callable[[int], WorkingCalendar] = calendar_of
    rows: Callable[[], tuple[LimitRow, ...]] = limit_rows


PRESENT = Rules()


def limit_for(
    clock: str,
    *,
    classification: str | None,
    agency: Agency,
    on: date,
    urgent: bool = False,
    rows: tuple[LimitRow, ...] | None = None,
) -> Limit:
    """The limit of a clock for an agency on a day: the strictest row that applies.

    Rows for the classification beat rows for all; a case without one runs as a complaint. Rows for urgent cases stand
    beside whichever of these apply: an agency with a stricter rule of its own keeps it. Raises NoPolicy.
    """
    wanted = classification or Classification.COMPLAINT.value
    known = limit_rows() if rows is None else rows
    applying = [row for row in known if row.applies(clock, wanted, agency.path, urgent, on)]
    usual = [row for row in applying if not row.urgent]
    chosen = [row for row in usual if row.classification] or usual
    chosen += [row for row in applying if row.urgent]
    if not chosen:
        raise NoPolicy(f"no deadline policy for {clock} on {on.isoformat()}")
    # A working day ends with the last second of the next one: of 24 hours and one day, the hours are stricter.
    return min((row.limit for row in chosen), key=lambda limit: (length_of(limit), limit.unit != "hours"))


def length_of(limit: Limit) -> int:
    """How limits are compared: the longest is the laxest."""
    return limit.amount * _HOURS[LimitUnit(limit.unit)]


def pauses_of(holds: Sequence[Hold]) -> tuple[Pause, ...]:
    """The holds of a case as the clocks read them."""
    return tuple(Pause(hold.asked_at, hold.ended_at) for hold in holds)


def due_for(case: Case, clock: str, start: datetime, pauses: Sequence[Pause] = (), rules: Rules = PRESENT) -> datetime:
    """When a clock of the case that started at `start` runs out, in the calendar of its agency."""
    calendar = rules.calendar(case.agency_id)
    on = start.astimezone(calendar.zone).date()
    limit = limit_for(
        clock, classification=case.classification, agency=case.agency, on=on, urgent=case.urgent, rows=rules.rows()
    )
    return due_at(start, limit, calendar, pauses)


def set_agency_dates(case: Case, pauses: Sequence[Pause] = ()) -> None:
    """First answer, resolution and the statutory limit, counted from the first forwarding."""
    if case.forwarded_at is None:
        return
    case.answer_due_at = due_for(case, ClockName.FIRST_ANSWER, case.forwarded_at, pauses)
    case.resolution_due_at = due_for(case, ClockName.RESOLUTION, case.forwarded_at, pauses)
    set_statutory_date(case)


def set_statutory_date(case: Case) -> None:
    """Perpres 76/2013: calendar days from the complete file, the later of verification and last completion."""
    complete = [at for at in (case.verified_at, case.completed_at) if at is not None]
    if complete and case.verified_at is not None:
        case.statutory_due_at = due_for(case, ClockName.STATUTORY, max(complete))


def recompute_dates(case: Case) -> None:
    """Every due date again, after a hold ended, a classification or a calendar changed."""
    pauses = pauses_of(list(case.hold_rows.filter(ended_at__isnull=False)))
    if case.verified_at is None:
        case.verification_due_at = due_for(case, ClockName.VERIFICATION, case.received_at, pauses)
    set_agency_dates(case, pauses)
    if case.objection_due_at is not None and (reopened_at := _reopened_at(case)) is not None:
        case.objection_due_at = due_for(case, ClockName.RESOLUTION, reopened_at, pauses)


def _reopened_at(case: Case) -> datetime | None:
    """When the last objection or reopening gave the agency a new limit: both leave their words in the thread."""
    words = case.messages.filter(kind__in=[MessageKind.OBJECTION, MessageKind.EXPLANATION])
    return words.order_by("-at").values_list("at", flat=True).first()


def next_due(case: Case) -> datetime | None:
    """What the lists are ordered by: the limit that runs out next in the present state."""
    if case.state in (State.CLOSED, State.ARCHIVED):
        return None
    if case.state == State.UNVERIFIED:
        return case.verification_due_at
    if case.state == State.ON_HOLD:
        return case.hold_due_at
    if case.state == State.ANSWERED:
        return case.window_ends_at
    if case.objection_due_at is not None:
        return case.objection_due_at
    return case.resolution_due_at if case.first_answered_at else case.answer_due_at
