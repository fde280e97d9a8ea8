"""Adding up what entries contribute, by node and by month and year. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tanggap.evaluation.tallies.entry import Entry, parts_of
from tanggap.evaluation.tallies.slots import year_slot

Key = tuple[int, int, int]
"""(node, months, slot)."""


@dataclass(slots=True)
class Sums:
    """Counts by node, length (1 or 12 months) and slot."""

    counts: dict[Key, dict[str, int]] = field(default_factory=dict)

    def add(self, entry: Entry, sign: int = 1) -> None:
        """Add what an entry contributes, or with `sign=-1` take it out."""
        slot = entry.slot
        for node, part in parts_of(entry):
            _into(self.counts.setdefault((node, 1, slot), {}), part, sign)

    def change(self, kept: Entry | None, now: Entry | None) -> None:
        """Take out what was kept and add what is now."""
        if kept is not None:
            self.add(kept, -1)
        if now is not None:
            self.add(now)

    def months(self) -> dict[Key, dict[str, int]]:
        """The months; counts that come to nothing are left out."""
        return whole(self.counts)

    def add_years(self, years: dict[Key, dict[str, int]]) -> None:
        """Add the months to the sums of their years."""
        for (node, _months, slot), counts in self.counts.items():
            _into(years.setdefault((node, 12, year_slot(slot)), {}), counts, 1)

    def with_years(self) -> dict[Key, dict[str, int]]:
        """The months and their years."""
        years: dict[Key, dict[str, int]] = {}
        self.add_years(years)
        return {**self.months(), **whole(years)}


def whole(sums: Mapping[Key, Mapping[str, int]]) -> dict[Key, dict[str, int]]:
    """Sums without counts, and keys, that came to nothing."""
    return {key: kept for key, counts in sums.items() if (kept := without_zeros(counts))}


def without_zeros(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts that came to something."""
    return {key: number for key, number in counts.items() if number}


def _into(total: dict[str, int], part: Mapping[str, int], sign: int) -> None:
    get = total.get
    for key, number in part.items():
        total[key] = get(key, 0) + sign * number
