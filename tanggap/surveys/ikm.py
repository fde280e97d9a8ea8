"""The arithmetic of the public satisfaction survey (PermenPANRB 14/2017; DOMAIN §8). Pure, and exact to the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

ELEMENTS = ("u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9")
LOWEST, HIGHEST = 1, 4
RATINGS = tuple(range(LOWEST, HIGHEST + 1))
WEIGHT = Fraction(1, len(ELEMENTS))
"""A ninth. With the printed 0.11 the best possible index would be 99."""
SCALE = 25
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each element got each rating: nine rows of four numbers, all rows of one sum."""

    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if len(self.counts) != len(ELEMENTS) or any(len(row) != len(RATINGS) for row in self.counts):
            raise ValueError("a tally has nine rows of four numbers")
        if len({sum(row) for row in self.counts}) != 1:
            raise ValueError("every answer rates every element")

    @classmethod
    def of(cls, answers: Iterable[Sequence[int]]) -> Tally:
        """Count answers, each nine ratings. Raises ValueError for a rating that does not exist."""
        counts = [[0] * len(RATINGS) for _element in ELEMENTS]
        for answer in answers:
            check_ratings(answer)
            for row, rating in zip(counts, answer, strict=True):
                row[rating - LOWEST] += 1
        return cls(tuple(tuple(row) for row in counts))

    @classmethod
    def flat(cls, numbers: Sequence[int]) -> Tally:
        """Back from `as_flat`."""
        width = len(RATINGS)
        return cls(tuple(tuple(numbers[at : at + width]) for at in range(0, len(numbers), width)))

    @property
    def as_flat(self) -> list[int]:
        """The 36 numbers, element by element."""
        return [number for row in self.counts for number in row]

    @property
    def n(self) -> int:
        """The number of answers."""
        return sum(self.counts[0])

    @property
    def means(self) -> tuple[Fraction, ...]:
        """The mean of each element, exactly; empty without answers."""
        if not self.n:
            return ()
        return tuple(
            Fraction(sum(rating * count for rating, count in zip(RATINGS, row, strict=True)), self.n)
            for row in self.counts
        )

    @property
    def exact(self) -> Fraction | None:
        """The index before rounding, 25 to 100; None without answers."""
        return sum((mean * WEIGHT for mean in self.means), Fraction()) * SCALE if self.n else None

    @property
    def index(self) -> Decimal | None:
        """The IKM as published."""
        exact = self.exact
        return None if exact is None else rounded(exact)

    @property
    def weakest(self) -> tuple[str, ...]:
        """The elements of the lowest mean: one, or all that tie. Empty without answers."""
        if not self.n:
            return ()
        low = min(self.means)
        return tuple(name for name, mean in zip(ELEMENTS, self.means, strict=True) if mean == low)


@dataclass(frozen=True, slots=True)
class Band:
    """A grade and the lowest index that earns it."""

    grade: str
    floor: Decimal


def check_ratings(answer: Sequence[int]) -> None:
    """Raises ValueError unless there are nine ratings from 1 to 4."""
    if len(answer) != len(ELEMENTS) or any(rating not in RATINGS for rating in answer):
        raise ValueError("an answer is nine ratings from 1 to 4")


def rounded(exact: Fraction, digits: int = 2) -> Decimal:
    """Half up, as everybody rounds on paper; without a detour over floating point."""
    return Decimal(floor(exact * 10**digits + HALF)).scaleb(-digits)


def grade_of(index: Decimal | None, bands: Iterable[Band]) -> str:
    """The grade of a published index: the highest band whose floor it reaches. Empty for none."""
    if index is None:
        return ""
    reached = [band for band in bands if index >= band.floor]
    return max(reached, key=lambda band: band.floor).grade if reached else ""


def sample_size(population: int, *, chi_square: Decimal = Decimal("3.841"), margin: Decimal = Decimal("0.05")) -> int:
    """How many answers a population needs (Krejcie and Morgan, P = 0.5), rounded half up. Raises ValueError below 1."""
    if population < 1:
        raise ValueError("a population has at least one person")
    chi, d, quarter = Fraction(chi_square), Fraction(margin), Fraction(1, 4)
    wanted = chi * population * quarter / (d * d * (population - 1) + chi * quarter)
    return min(int(rounded(wanted, 0)), population)


def mean_index(exact: Sequence[Fraction]) -> Decimal | None:
    """The index of a body with several services: each counts the same, whatever its size. None without any."""
    return rounded(sum(exact, Fraction()) / len(exact)) if exact else None
