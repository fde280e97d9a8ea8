"""Small cells are not published. Pure.

A count below five could point at somebody: one report about one topic in one village, in one month. Left empty beside
its total it would be had by subtraction. So such cells are not named at all: they are put together as `other`, and
where that is still below five, the smallest named cells join them. What remains is named cells of at least five and one
nameless one of at least five that stands for two keys or more; below five in all nothing is published but that it is
so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SMALLEST: Final = 5
OTHER: Final = "other"


def pooled(counts: Mapping[str, int]) -> dict[str, int] | None:
    """Counts as they may be published, `other` last; None where they are fewer than five in all. Zeros are left out.

    Nothing at all where even the sum of what is hidden would tell it.
    """
    if sum(counts.values()) < SMALLEST:
        return None
    named = {key: number for key, number in sorted(counts.items()) if number >= SMALLEST}
    hidden = [number for number in counts.values() if 0 < number < SMALLEST]
    if hidden and (sum(hidden) < SMALLEST or set(hidden) == {SMALLEST - 1}):
        # Also where all hidden cells are the largest small number: their sum would tell each of them.
        if not named:
            return {}
        # With it all of its size: which of equals was taken would tell about the others.
        smallest = min(named.values())
        hidden += [named.pop(key) for key in [key for key, number in named.items() if number == smallest]]
    return {**named, OTHER: sum(hidden)} if hidden else named
