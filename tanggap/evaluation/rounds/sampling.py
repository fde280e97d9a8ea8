"""A stratified sample that anybody with the seed can draw again. Pure.

Each stratum gets its share of the sample (largest remainder), at least one where there is room. Which cases of a
stratum are taken is decided by a digest of seed and case: neither the order in which they come nor the machine plays a
part. Nobody can steer it: the seed is fixed before, by its digest, and shown afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Final

METHOD: Final = "strata-largest-remainder-sha256/2"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample: the chosen cases by stratum, how large each stratum was, and a digest of all it was drawn from."""

    chosen: tuple[tuple[str, str], ...]
    """(stratum, case), in the order of their draw."""
    sizes: dict[str, int]
    digest: str


def draw(population: Iterable[tuple[str, str]], size: int, seed: str) -> Drawn:
    """At most `size` of a population of (stratum, case); everything where it is smaller.

    Raises ValueError for a case that is in two strata.
    """
    strata: dict[str, list[str]] = {}
    everything = sorted(set(population))
    for stratum, case in everything:
        strata.setdefault(stratum, []).append(case)
    if len({case for _stratum, case in everything}) != len(everything):
        raise ValueError("a case belongs to one stratum")
    sizes = {stratum: len(cases) for stratum, cases in sorted(strata.items())}
    shares = allocate(sizes, size)
    chosen = []
    for stratum in sizes:
        ranked = sorted(strata[stratum], key=lambda case: _rank(seed, case))
        chosen += [(stratum, case) for case in ranked[: shares[stratum]]]
    content = "\n".join(f"{stratum}\t{case}" for stratum, case in everything)
    return Drawn(tuple(chosen), sizes, sha256(content.encode()).hexdigest())


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: its share of `size`, one at least while there are enough, never more than it has."""
    total = sum(sizes.values())
    if total <= size:
        return dict(sizes)
    room = max(0, size)
    given = dict.fromkeys(sizes, 0)
    filled = [stratum for stratum in sizes if sizes[stratum]]
    if room >= len(filled):
        given.update(dict.fromkeys(filled, 1))
        room -= len(filled)
    left = {stratum: sizes[stratum] - given[stratum] for stratum in sizes}
    remaining = sum(left.values())
    if room and remaining:
        exact = {stratum: Fraction(room * left[stratum], remaining) for stratum in left}
        whole = {stratum: int(exact[stratum]) for stratum in left}
        # The largest remainder first; of equal ones the larger stratum, then by name.
        order = sorted(left, key=lambda one: (whole[one] - exact[one], -left[one], one))
        for stratum in order[: room - sum(whole.values())]:
            whole[stratum] += 1
        given = {stratum: given[stratum] + whole[stratum] for stratum in given}
    return given


def _rank(seed: str, case: str) -> bytes:
    return sha256(f"{seed}\0{case}".encode()).digest()
