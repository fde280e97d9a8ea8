"""Texts that say the same in nearly the same words. Pure: texts in, groups out; it never sees a case.

A text is the set of its runs of three words, numbers aside. Two texts are near where they share most of their runs
(Jaccard). Only texts that share one of their few smallest fingerprints are compared, so that the cost follows the
likeness and not the square of the number: near texts share one almost surely, others hardly ever.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

_WORD = re.compile(r"[^\W\d_]+")
_RUN = 3
_SKETCH = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """One text: the key it is known by, where it belongs, and when it came."""

    key: int
    place: Hashable
    at: datetime
    text: str


def runs(text: str) -> frozenset[int]:
    """The fingerprints of all runs of three words; of the whole text where it is shorter."""
    words = _WORD.findall(text.lower())
    if not words:
        return frozenset()
    parts = (" ".join(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1)))
    return frozenset(int.from_bytes(blake2b(part.encode(), digest_size=8).digest()) for part in parts)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared runs over all runs: 0–1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def near_groups(pieces: Iterable[Piece], *, like: float, within: timedelta) -> list[list[int]]:
    """Groups of two and more near texts of one place, each no further than `within` from another of its group.

    Keys in the order of time; the groups in the order of their first. The same whatever order the pieces come in.
    """
    ordered = sorted(pieces, key=lambda piece: (piece.at, piece.key))
    prints = [runs(piece.text) for piece in ordered]
    leader = list(range(len(ordered)))
    shelves: dict[tuple[Hashable, int], list[int]] = defaultdict(list)
    for number, piece in enumerate(ordered):
        for mark in sorted(prints[number])[:_SKETCH]:
            shelf = shelves[(piece.place, mark)]
            # Those too old for this one are too old for all that follow.
            while shelf and piece.at - ordered[shelf[0]].at > within:
                shelf.pop(0)
            for other in shelf:
                if _root(leader, other) != _root(leader, number) and likeness(prints[other], prints[number]) >= like:
                    _join(leader, other, number)
            # One of a group stands for those with the very same words.
            if shelf and prints[shelf[-1]] == prints[number]:
                shelf[-1] = number
            else:
                shelf.append(number)
    return _groups(ordered, leader)


def _root(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _join(leader: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(leader, one), _root(leader, other)))
    leader[second] = first


def _groups(ordered: Sequence[Piece], leader: list[int]) -> list[list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for number, piece in enumerate(ordered):
        found[_root(leader, number)].append(piece.key)
    return [keys for _root_number, keys in sorted(found.items()) if len(keys) > 1]


def distinct(marks: Iterable[frozenset[Hashable]]) -> int:
    """How many different people stand behind sets of marks, where whoever shares one mark is the same person."""
    people: list[set[Hashable]] = []
    for mark in marks:
        same = [person for person in people if person & mark]
        for person in same:
            people.remove(person)
        people.append(set(mark).union(*same))
    return len(people)
