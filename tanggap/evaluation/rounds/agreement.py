"""How far two readers agree. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Pair = tuple[int, int]
"""What the first and the second reader gave."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over `n` pairs: the share given alike, and Cohen's kappa with quadratic weights; None where it is not defined."""

    n: int
    alike: Fraction | None
    kappa: Fraction | None


def agreement(pairs: Sequence[Pair], highest: int) -> Agreement:
    """The agreement of scores from 0 to `highest`.

    Kappa compares the disagreement seen with that expected by chance from how often each reader gives each score
    (Cohen 1968). Where both always give one and the same score chance explains everything, and it is not defined.
    """
    if not pairs:
        return Agreement(0, None, None)
    n = len(pairs)
    alike = Fraction(sum(a == b for a, b in pairs), n)
    seen = sum((_weight(a, b, highest) for a, b in pairs), Fraction()) / n
    first, second = Counter(a for a, _b in pairs), Counter(b for _a, b in pairs)
    chance = (_weight(a, b, highest) * first[a] * second[b] for a in first for b in second)
    expected = sum(chance, Fraction()) / n**2
    return Agreement(n, alike, 1 - seen / expected if expected else None)


def _weight(a: int, b: int, highest: int) -> Fraction:
    return Fraction((a - b) ** 2, highest**2)
