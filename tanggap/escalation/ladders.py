"""The ladders in force: read once for a whole sweep, then asked for every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tanggap.escalation.models import Ladder, LadderStep
from tanggap.escalation.steps import Rung


@dataclass(frozen=True, slots=True)
class _Row:
    agency_id: int | None
    valid_from: date
    valid_until: date | None
    rungs: tuple[Rung, ...]


class Ladders:
    """Every ladder of this instance: a few dozen rows, two statements."""

    def __init__(self) -> None:
        rungs: dict[int, list[Rung]] = {}
        for step in LadderStep.objects.order_by("ladder_id", "number"):
            rungs.setdefault(step.ladder_id, []).append(rung_of(step))
        self._rows: dict[str, list[_Row]] = {}
        for ladder in Ladder.objects.order_by("valid_from"):
            row = _Row(ladder.agency_id, ladder.valid_from, ladder.valid_until, tuple(rungs.get(ladder.pk, ())))
            self._rows.setdefault(ladder.clock, []).append(row)

    def of(self, clock: str, lineage: tuple[int, ...], on: date) -> tuple[Rung, ...]:
        """The steps of a clock for an agency, given with everything above it from the root down, on a day.

        The nearest ladder up the tree counts, the newest of several; the national one where no agency has its own.
        """
        found: tuple[Rung, ...] = ()
        nearest = -2
        for row in self._rows.get(clock, ()):
            place = _distance(row, lineage, on)
            if place is not None and place >= nearest:
                found, nearest = row.rungs, place
        return found


def _distance(row: _Row, lineage: tuple[int, ...], on: date) -> int | None:
    """How far down the tree the ladder's agency stands; -1 for the national one, None where it does not apply."""
    if on < row.valid_from or (row.valid_until is not None and on > row.valid_until):
        return None
    if row.agency_id is None:
        return -1
    return lineage.index(row.agency_id) if row.agency_id in lineage else None


def rung_of(step: LadderStep) -> Rung:
    """A row as the rules read it."""
    return Rung(
        id=step.pk,
        number=step.number,
        kind=step.kind,
        offset=step.offset_days,
        from_limit=step.from_limit,
        unit=step.calendar,
        channel=step.channel,
        role=step.role,
        template=step.template,
        copies=tuple(step.copies),
    )
