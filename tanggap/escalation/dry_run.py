"""What a ladder would have sent for one case. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tanggap.cases.models import Case
from tanggap.escalation.asof import wind_back
from tanggap.escalation.deciding import Look
from tanggap.escalation.ladders import Ladders
from tanggap.escalation.recipients import Resolution
from tanggap.escalation.running import runs_of
from tanggap.escalation.steps import Rung

MOMENT = timedelta(microseconds=1)


class Trial(Ladders):
    """The ladders in force, with another one in the place of one clock's."""

    def __init__(self, clock: str, rungs: tuple[Rung, ...]) -> None:
        super().__init__()
        self.clock, self.rungs = clock, rungs

    def of(self, clock: str, lineage: tuple[int, ...], on: date) -> tuple[Rung, ...]:
        """The tried steps for their clock, whatever the agency and the day."""
        return self.rungs if clock == self.clock else super().of(clock, lineage, on)


@dataclass(frozen=True, slots=True)
class TriedStep:
    """One step on the case: when it is due, whom it reaches, and whether the clock still ran then."""

    rung: Rung
    at: datetime
    recipient: Resolution
    sent: bool
    """Due before the clock stopped, or before now where it runs."""


@dataclass(frozen=True, slots=True)
class Trying:
    """A ladder tried on a case. `stopped_at`: when the clock stopped; `suspended`: on hold just now."""

    steps: tuple[TriedStep, ...]
    stopped_at: datetime | None
    suspended: bool = False


def dry_run(case: Case, clock: str, rungs: Sequence[Rung], *, now: datetime) -> Trying:
    """The steps of a ladder on a case as it ran last, in order. Empty when such a clock never ran.

    A clock that has stopped is looked at a moment before it did, so that its pauses and its holder are those of
    then. The case given is changed in memory and must not be saved.
    """
    stopped_at = _stopped_at(case, clock)
    until = now if stopped_at is None else stopped_at - MOMENT
    if stopped_at is not None:
        wind_back([case], until)
    look = Look([case], until, Trial(clock, tuple(rungs)))
    runs = [run for run in runs_of(look.facts[case.pk]) if run.clock == clock]
    dues = sorted((due for run in runs for due in look.steps_of(case, run)), key=lambda due: (due.at, due.rung.number))
    steps = tuple(TriedStep(due.rung, due.at, look.recipient(case, due), due.at <= until) for due in dues)
    return Trying(steps, stopped_at, any(run.suspended for run in runs))


def _stopped_at(case: Case, clock: str) -> datetime | None:
    """When what the clock waits for came; None while it runs, or for clocks that begin anew each time."""
    ended = case.closed_at
    stops = {
        "verification": case.verified_at or ended,
        "first_answer": case.first_answered_at or case.answered_at or ended,
        "resolution": case.answered_at or ended,
        "objection": None if case.objection_due_at else case.answered_at,
        "statutory": case.answered_at or ended,
    }
    return stops.get(clock)
