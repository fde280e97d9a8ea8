"""The ladders in force: read once for a whole sweep, then asked for every run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from tanggap.escalation.models import Ladder, LadderStep
from tanggap.escalation.steps import Rung


class Dated(Protocol):
    """What decides whether a ladder holds: a row of the table, or what is remembered of one."""

    @property
    def agency_id(self) -> int | None: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


def holding(rows: Iterable[D], lineage: Sequence[int], on: date) -> D | None:
    """Of one clock's ladders the one that holds on a day: the nearest up the tree, then the newest."""
    levels = (None, *lineage)
    applying = [
        row
        for row in rows
        if row.agency_id in levels and row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)
    ]
    return max(applying, key=lambda row: (levels.index(row.agency_id), row.valid_from), default=None)


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
        row = holding(self._rows.get(clock, ()), lineage, on)
        return row.rungs if row is not None else ()


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
