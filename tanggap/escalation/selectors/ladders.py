"""The ladders of an agency as a page shows them: which one holds, where it comes from, what is planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tanggap.directory.models import Agency
from tanggap.escalation.ladder_edits import StepWish
from tanggap.escalation.ladders import holding
from tanggap.escalation.models import Ladder, LadderStep


@dataclass(frozen=True, slots=True)
class LadderLine:
    """One clock's ladder. `level` None is the nation; `own`: of the agency itself."""

    clock: str
    ladder: Ladder
    steps: tuple[StepWish, ...]
    level: Agency | None
    own: bool
    planned: tuple[Ladder, ...]


def ladders_of(agency: Agency | None, *, on: date) -> list[LadderLine]:
    """The ladder of each clock that holds on a day: the nearest up the tree, then the newest. Three statements."""
    lineage = [int(part) for part in agency.path.split("/") if part] if agency is not None else []
    rows = Ladder.objects.filter(Q(agency__isnull=True) | Q(agency_id__in=lineage))
    by_clock: dict[str, list[Ladder]] = {}
    for row in rows.select_related("agency__body").prefetch_related("steps").order_by("valid_from"):
        by_clock.setdefault(row.clock, []).append(row)
    lines = (_line(clock.value, by_clock.get(clock.value, []), lineage, on) for clock in Ladder.Clock)
    return [line for line in lines if line is not None]


def _line(clock: str, rows: Sequence[Ladder], lineage: Sequence[int], on: date) -> LadderLine | None:
    ladder = holding(rows, lineage, on)
    if ladder is None:
        return None
    own = lineage[-1] if lineage else None
    planned = tuple(row for row in rows if row.valid_from > on and row.agency_id == own)
    return LadderLine(clock, ladder, steps_of(ladder), ladder.agency, ladder.agency_id == own, planned)


def steps_of(ladder: Ladder) -> tuple[StepWish, ...]:
    """The rows of a ladder as an editor takes them."""
    return tuple(wish_of(step) for step in ladder.steps.all())


def wish_of(step: LadderStep) -> StepWish:
    """One row as an editor takes it."""
    return StepWish(
        kind=step.kind,
        offset=step.offset_days,
        from_limit=step.from_limit,
        unit=step.calendar,
        role=step.role,
        template=step.template,
        channel=step.channel,
        copies=tuple(step.copies),
    )
