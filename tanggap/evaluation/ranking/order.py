"""The order of scores: equal ones share a rank and the next rank is skipped (1, 2, 2, 4)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tanggap.evaluation.ranking.scorecard import Body, Part, Scorecard, compared, score


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of a ranking. `rank` is empty below the minimum: not ranked, too few."""

    code: str
    n: int
    exact: Fraction | None
    low: float | None
    high: float | None
    parts: Mapping[str, Part]
    rank: int | None
    band: str | None
    band_rank: int | None

    @property
    def score(self) -> float | None:
        """0–100, to four places."""
        return None if self.exact is None else round(float(self.exact), 4)

    def as_json(self) -> dict[str, Any]:
        """The published form (ARCHITECTURE §5)."""
        return {
            "agency": self.code,
            "n": self.n,
            "score": self.score,
            "low": None if self.low is None else round(self.low, 4),
            "high": None if self.high is None else round(self.high, 4),
            "rank": self.rank,
            "band": self.band,
            "band_rank": self.band_rank,
            "not_ranked": None if self.rank is not None else "too_few",
            "components": {slug: part.as_json() for slug, part in self.parts.items()},
        }


def ranking(scorecard: Scorecard, bodies: Collection[Body]) -> list[Placed]:
    """The bodies by rank and code, then those with too few cases, most first; the same in whatever order they come."""
    components = compared(scorecard, bodies)
    ordered = sorted(bodies, key=lambda body: body.code)
    scores = {body.code: score(components, body, scorecard.z) for body in ordered}
    exacts = {
        body.code: exact
        for body in ordered
        if body.n >= scorecard.minimum_n and (exact := scores[body.code].exact) is not None
    }
    falling = sorted(exacts.items(), key=lambda one: one[1], reverse=True)
    ranks = competition_ranks(falling)
    bands = {body.code: band for body in ordered if body.code in exacts and (band := band_of(body.n, scorecard))}
    in_bands: dict[str, int] = {}
    for band in set(bands.values()):
        in_bands |= competition_ranks([one for one in falling if bands[one[0]] == band])
    placed = [
        Placed(
            body.code,
            body.n,
            scores[body.code].exact,
            scores[body.code].low,
            scores[body.code].high,
            scores[body.code].parts,
            ranks.get(body.code),
            bands.get(body.code),
            in_bands.get(body.code),
        )
        for body in ordered
    ]
    return sorted(placed, key=lambda line: (line.rank or math.inf, 0 if line.rank else -line.n, line.code))


def competition_ranks(falling: Iterable[tuple[str, Fraction]]) -> dict[str, int]:
    """1, 2, 2, 4: of scores from the best down, the rank is one more than the number of those that are better."""
    ranks: dict[str, int] = {}
    rank, before = 0, None
    for place, (code, exact) in enumerate(falling, start=1):
        if exact != before:
            rank, before = place, exact
        ranks[code] = rank
    return ranks


def band_of(n: int, scorecard: Scorecard) -> str | None:
    """The volume band, as its bounds: `100-249`, the last `1000-`. None below the minimum."""
    if n < scorecard.minimum_n:
        return None
    floors = bounds(scorecard)
    place = bisect_right(floors, n) - 1
    last = place + 1 == len(floors)
    return f"{floors[place]}-" if last else f"{floors[place]}-{floors[place + 1] - 1}"


def bounds(scorecard: Scorecard) -> list[int]:
    """Where the bands begin; the lowest at the minimum."""
    return [scorecard.minimum_n, *sorted(floor for floor in set(scorecard.band_floors) if floor > scorecard.minimum_n)]


@dataclass(frozen=True, slots=True)
class Move:
    """Where a body stood and where it would stand; `places` above 0 is upwards."""

    code: str
    before: int | None
    after: int | None

    @property
    def places(self) -> int:
        return self.before - self.after if self.before and self.after else 0


def moves(before: Iterable[Placed], after: Iterable[Placed]) -> dict[str, Move]:
    """What other weights change, by code."""
    stood = {line.code: line.rank for line in before}
    return {line.code: Move(line.code, stood.get(line.code), line.rank) for line in after}


TABLE = ("agency", "n", "score", "low", "high", "rank", "band", "band_rank")


def as_table(scorecard: Scorecard, lines: Iterable[Placed]) -> Iterable[list[Any]]:
    """A heading, then a row a body; each component of the scorecard as its share (empty where absent)."""
    slugs = [one.slug for one in scorecard.weighed]
    yield [*TABLE, *slugs]
    for line in lines:
        row = line.as_json()
        parts = row["components"]
        yield [*(row[name] for name in TABLE), *(parts[slug]["value"] if slug in parts else None for slug in slugs)]
