"""Cases of one topic that come from one place. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

SMALLEST: Final = 3
"""Fewer are a coincidence."""
_VILLAGE, _DISTRICT = 4, 3
NARROW: Final = 0.7
"""Where so large a share of a district's cases come from one village, the village is the place."""

Counts = Mapping[tuple[str, str], int]
"""How many cases by (category, region code); an empty category is none."""


def found_in(counts: Counts, most: int) -> list[tuple[str, str, int]]:
    """The clusters (category, place, cases), the largest first: a district, or a village that has most of it.

    Cases without a topic or without a district belong to none.
    """
    districts: Counter[tuple[str, str]] = Counter()
    villages: Counter[tuple[str, str]] = Counter()
    for (category, region), n in counts.items():
        if category and region.count(".") >= _DISTRICT - 1:
            districts[category, _cut(region, _DISTRICT)] += n
        if category and region.count(".") >= _VILLAGE - 1:
            villages[category, region] += n
    found = []
    for (category, district), n in districts.items():
        if n < SMALLEST:
            continue
        inside = {place: m for (topic, place), m in villages.items() if topic == category and is_in(place, district)}
        place, m = max(inside.items(), key=lambda one: (one[1], one[0]), default=(district, 0))
        found.append((category, place, m) if m >= max(SMALLEST, NARROW * n) else (category, district, n))
    return sorted(found, key=lambda one: (-one[2], one[0], one[1]))[:most]


def most_from(counts: Counts, category: str) -> tuple[str, int] | None:
    """The district from which most of a topic's cases come, if it is more than half of them and a cluster."""
    here: Counter[str] = Counter()
    total = 0
    for (topic, region), n in counts.items():
        if topic == category:
            total += n
            if region.count(".") >= _DISTRICT - 1:
                here[_cut(region, _DISTRICT)] += n
    place, n = max(here.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return (place, n) if n >= SMALLEST and 2 * n > total else None


def is_in(region: str, above: str) -> bool:
    """Whether a region is another or lies in it."""
    return f"{region}.".startswith(f"{above}.")


def _cut(region: str, parts: int) -> str:
    return ".".join(region.split(".")[:parts])


def distinct(people: Iterable[Collection[bytes]]) -> tuple[int, int]:
    """Of cases with the keyed digests of their contacts: how many people they come from, and how many left none.

    Two cases that share any contact come from one person.
    """
    groups: dict[bytes, int] = {}
    merged: dict[int, int] = {}
    unknown = next_group = 0
    for contacts in people:
        if not contacts:
            unknown += 1
            continue
        known = {_root(groups[one], merged) for one in contacts if one in groups}
        group = min(known) if known else next_group
        next_group += not known
        for other in known - {group}:
            merged[other] = group
        for one in contacts:
            groups[one] = group
    return len({_root(group, merged) for group in groups.values()}), unknown


def _root(group: int, merged: Mapping[int, int]) -> int:
    while group in merged:
        group = merged[group]
    return group
