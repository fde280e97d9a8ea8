"""When a step of a ladder is due, and which of the due ones is taken (DOMAIN §4). Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tanggap.cases.clocks import Pause, nth_opening
from tanggap.cases.clocks.pauses import spans
from tanggap.directory.calendar import WorkingCalendar
from tanggap.escalation.running import Run


@dataclass(frozen=True, slots=True)
class Rung:
    """One step as its row says."""

    id: int
    number: int
    kind: str
    offset: int
    from_limit: bool
    unit: str
    channel: str
    role: str
    template: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A step of a run and the moment from which it may be taken."""

    run: Run
    rung: Rung
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What a look at a case decides: the steps to take, the stale ones to skip, and when to look again."""

    taken: list[Due] = field(default_factory=list)
    skipped: list[Due] = field(default_factory=list)
    next_at: datetime | None = None


Offices = Callable[[Rung], WorkingCalendar]
"""The calendar of the office that would get a step."""


def due_steps(run: Run, rungs: Iterable[Rung], calendar: WorkingCalendar, offices: Offices) -> list[Due]:
    """The steps of a run with the moments they are due, in that order.

    Days are counted in the calendar of the clock's agency; the step waits for the first opening of the recipient's
    office on or after the day. A step before the limit that would fall before the clock even started is left out.
    """
    found = []
    for rung in rungs:
        if rung.from_limit != (run.anchor == "limit"):
            continue
        at = _due_at(run, rung, calendar, offices)
        if run.anchor == "start" or at > run.started_at:
            found.append(Due(run, rung, at))
    return sorted(found, key=lambda due: (due.at, due.rung.number))


def _due_at(run: Run, rung: Rung, calendar: WorkingCalendar, offices: Offices) -> datetime:
    anchor = run.limit_at if run.anchor == "limit" and run.limit_at is not None else run.started_at
    if rung.unit == "hours":
        return anchor + timedelta(hours=rung.offset)
    office = offices(rung)
    if rung.offset == 0 and run.anchor == "start":
        return _after_holds(office.next_open(anchor), run.pauses, office)
    pauses = run.pauses if rung.offset > 0 else ()
    return _after_holds(_first_opening(office, _day(anchor, rung, calendar, pauses)), pauses, office)


def _day(anchor: datetime, rung: Rung, calendar: WorkingCalendar, pauses: Sequence[Pause]) -> date:
    local = calendar.local_date(anchor)
    if rung.unit == "calendar_days" or rung.offset == 0:
        return local + timedelta(days=rung.offset)
    return nth_opening(anchor, rung.offset, calendar, pauses).date()


def _first_opening(office: WorkingCalendar, day: date) -> datetime:
    return office.opening(day if office.is_working(day) else office.add_working_days(day, 1))


def _after_holds(at: datetime, pauses: Sequence[Pause], office: WorkingCalendar) -> datetime:
    """A step whose moment fell into a hold waits for the opening after it: not a minute after the reply at night."""
    for begun, over in spans(pauses):
        if begun <= at < over:
            at = office.next_open(over)
    return at


Taken = Mapping[tuple[str, str], Mapping[int, datetime]]
"""What was decided before: for each (clock, run) the steps with the moments they were due."""


def decide(dues: Iterable[Due], before: Taken, now: datetime) -> Decision:
    """Take the latest due step of each run, and skip what lies before it.

    Several with the very same moment are all taken. Nothing earlier than what was decided before is ever taken:
    a step added to a running ladder in the past is no news. A run that stands still decides nothing.
    """
    decision = Decision()
    next_at: list[datetime] = []
    for run, steps in _by_run(dues).items():
        known = before.get((run.clock, run.key), {})
        new = [due for due in steps if due.rung.id not in known]
        if run.suspended or not new:
            continue
        ready = [due for due in new if due.at <= now]
        next_at.extend(due.at for due in new if due.at > now)
        latest = max((due.at for due in ready), default=now)
        newest_known = max(known.values(), default=latest)
        for due in ready:
            taken = due.at == latest and latest >= newest_known
            (decision.taken if taken else decision.skipped).append(due)
    return Decision(decision.taken, decision.skipped, min(next_at, default=None))


def _by_run(dues: Iterable[Due]) -> dict[Run, list[Due]]:
    runs: dict[Run, list[Due]] = {}
    for due in dues:
        runs.setdefault(due.run, []).append(due)
    return runs


def running_keys(runs: Collection[Run]) -> set[tuple[str, str]]:
    """The runs in which a step may still be sent."""
    return {(run.clock, run.key) for run in runs if not run.suspended}
