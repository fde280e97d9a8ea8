"""Adding up what entries contribute, by node, month and year. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter

from tanggap.evaluation.tallies.entry import AMOUNTS, Entry, Share, counts_of, parts_of, regions_above, shares_of
from tanggap.evaluation.tallies.slots import year_slot

Key = tuple[int, int, int]
"""(node, months, slot)."""


@dataclass(slots=True)
class Sums:
    """Counts by node, length (1 or 12 months) and slot. `is_body` says which nodes have years: a unit's are twelve
    small months."""

    is_body: Callable[[int], bool]
    counts: defaultdict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, entries: Iterable[Entry]) -> None:
        """Add what entries contribute."""
        found: defaultdict[Key, list[Share]] = defaultdict(list)
        for entry in entries:
            for nodes, share in shares_of(entry).items():
                for node in nodes:
                    found[node, 1, entry.slot].append(share)
        for key, shares in found.items():
            add_shares(self.counts[key], shares)

    def change(self, kept: Entry | None, now: Entry | None) -> None:
        """Take out what was kept and add what is now: of most changes only a few counts differ."""
        known = kept or now
        if known is None:
            return
        if kept is not None and now is not None and _same_place(kept) == _same_place(now):
            changed = _difference(counts_of(kept), counts_of(now))
            changes = dict.fromkeys((*now.nodes, *regions_above(now.region)), changed)
        else:
            before, after = (_by_node(entry) for entry in (kept, now))
            changes = {n: _difference(before.get(n, {}), after.get(n, {})) for n in before.keys() | after.keys()}
        for node, changed in changes.items():
            if changed:
                add_to(self.counts[node, 1, known.slot], changed)

    def add_years(self, years: dict[Key, dict[str, int]]) -> None:
        """Add the months to the sums of their years."""
        for (node, _months, slot), counts in self.counts.items():
            if self.is_body(node):
                add_to(years.setdefault((node, 12, year_slot(slot)), {}), counts)

    def with_years(self) -> dict[Key, dict[str, int]]:
        """The months and their years, without counts and keys that came to nothing."""
        years: dict[Key, dict[str, int]] = {}
        self.add_years(years)
        return {key: kept for key, counts in {**self.counts, **years}.items() if (kept := without_zeros(counts))}


def add_shares(counts: Counter[str], shares: Sequence[Share]) -> None:
    """Add what some cases add to one node: all their keys at once, many times as fast as case by case."""
    counts.update(chain.from_iterable(share.ones for share in shares))
    amounts = zip(*(share.amounts for share in shares), strict=True)
    add_to(counts, {name: total for name, column in zip(AMOUNTS, amounts, strict=True) if (total := sum(column))})


def without_zeros(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts that came to something."""
    return {key: number for key, number in counts.items() if number}


_same_place = attrgetter("nodes", "region", "merged", "judged", "on_time", "charged", "held")
"""With all of these alike, a change is the same for all nodes."""


def _difference(old: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    return {key: n for key in old.keys() | new.keys() if (n := new.get(key, 0) - old.get(key, 0))}


def _by_node(entry: Entry | None) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for node, part in parts_of(entry) if entry is not None else ():
        add_to(found.setdefault(node, {}), part)
    return found


def add_to(total: dict[str, int], part: Mapping[str, int]) -> None:
    """Add counts to a total."""
    get = total.get
    for key, number in part.items():
        total[key] = get(key, 0) + number
