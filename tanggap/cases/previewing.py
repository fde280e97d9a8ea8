"""What a change of calendars or limits would do to the open cases, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tanggap.accounts.actor import Actor
from tanggap.cases.deadlines import PRESENT
from tanggap.cases.models import Case
from tanggap.cases.open_dates import Edit, Moved, moves_of, open_cases, rules_with, takes_effect
from tanggap.cases.policies import cases_visible_to

LOOKED_AT = 2_000
"""Cases a page computes; of more it tells the share. The job afterwards computes all."""
EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """Open cases with a limit on or after the first day: how many in all, looked at, and of those moved."""

    open: int
    looked_at: int
    moved: int
    earlier: int
    later: int
    examples: tuple[Moved, ...]

    @property
    def sampled(self) -> bool:
        """Whether the numbers are of a part only."""
        return self.looked_at < self.open

    @property
    def about(self) -> int:
        """How many move in all, by the share of those looked at."""
        return round(self.moved * self.open / self.looked_at) if self.looked_at else 0


NOTHING = Preview(0, 0, 0, 0, 0, ())


def preview(edit: Edit, *, path: str, actor: Actor, now: datetime) -> Preview:
    """Of the cases the actor may see. Five statements, and no more than LOOKED_AT cases are computed."""
    if not takes_effect(edit, now=now):
        return NOTHING
    cases = open_cases(cases_visible_to(actor), path=path, first_day=edit.first_day)
    rows: list[Case] = list(cases.select_related("agency").order_by("due_at", "pk")[:LOOKED_AT])
    total = len(rows) if len(rows) < LOOKED_AT else cases.count()
    found = moves_of(rows, before=PRESENT, after=rules_with(edit), now=now)
    earlier = sum(moved.earlier for moved in found)
    return Preview(total, len(rows), len(found), earlier, len(found) - earlier, tuple(found[:EXAMPLES]))
