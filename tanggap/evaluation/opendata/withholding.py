"""Counts and the rows beside them: what a row must not say, so that no few hidden cases show as the difference. Pure.

A count holds every case, the rows only those that everybody may read. One hidden case would stand out wherever a count
is one more than its rows; and a cell that was put into `other` could be counted from rows that still name it. So a row
says nothing in a dimension where its cell is not named, and where a named cell and its rows differ by one to four, as
many rows fall silent as make it five. The same holds for the total: such rows are listed without their body. What was
withheld once stays so in every later version, else the later one would tell what the earlier one hid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tanggap.evaluation.opendata.pooling import OTHER, SMALLEST

Cells = Mapping[tuple[str, str], int | None]
"""(dimension, key) → cases of one body and month; None where they are too few."""
TOTAL: Final = ("total", "all")
BODY: Final = "body"


@dataclass
class Listed:
    """One row before it is written: what it would say in each dimension, and what it said in the version before.

    `withheld` are the dimensions in which it says nothing; `BODY` among them where it is listed without its body.
    """

    id: str
    values: Mapping[str, str]
    before: Mapping[str, str | None] | None = None
    """None where it was not listed; of each dimension None where it was withheld; `BODY` "" for as it is now."""
    withheld: set[str] = field(default_factory=set)

    def told_before(self, name: str) -> bool:
        """Whether the version before told the same, so that it is of no use to withhold it now."""
        return self.before is not None and self.before.get(name) == self.values.get(name, "")


def is_small(number: int) -> bool:
    """Whether a number or a difference is of a few cases."""
    return 0 < abs(number) < SMALLEST


def may_replace(before: Cells, after: Cells) -> bool:
    """Whether numbers may be published where others were: none that stands in both moved by a few."""
    if before and not (after and after.get(TOTAL)):
        return not before.get(TOTAL)
    return all(not is_small((after.get(cell, number) or 0) - (number or 0)) for cell, number in before.items())


def withhold(cells: Cells, rows: Sequence[Listed]) -> None:
    """Decide for all rows of one body and month what they do not say beside these cells."""
    ordered = sorted(rows, key=lambda row: row.id)  # an order that says nothing, and the same every time
    for row in ordered:
        row.withheld |= {name for name, value in (row.before or {}).items() if value is None}
    total = cells.get(TOTAL)
    if total is None:
        for row in ordered:
            row.withheld.add(BODY)
        return
    _silence(BODY, total, ordered)
    bound = [row for row in ordered if BODY not in row.withheld]
    for name in dict.fromkeys(name for row in bound for name in row.values):
        named = {key: number for (of, key), number in cells.items() if of == name and key != OTHER}
        for row in bound:
            if row.values[name] not in named:
                row.withheld.add(name)
        for key, number in named.items():
            _silence(name, number or 0, [row for row in bound if row.values[name] == key])


def _silence(name: str, published: int, rows: Sequence[Listed]) -> None:
    telling = [row for row in rows if name not in row.withheld]
    gap = published - len(telling)
    if is_small(gap):
        for row in [row for row in telling if not row.told_before(name)][: SMALLEST - gap]:
            row.withheld.add(name)
