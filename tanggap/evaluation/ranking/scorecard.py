"""The score of one body: weighted components, and what an absent one does (ADR 0031).

- What nobody of the compared bodies has is no part of this comparison: its weight falls away for all.
- Evidence that others handed in and this body did not counts 0: bringing it is the body's own doing.
- A figure with nothing to divide by (no rating, no limit that has run out) takes no side: the other components of
  this body carry its weight, and the interval is as wide as if it could have been anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tanggap.evaluation.ranking.measures import Measure

FULL = 100


class Kind(StrEnum):
    """Where a component comes from."""

    FIGURE = "figure"
    EVIDENCE = "evidence"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a scorecard. `source` names a figure of `FIGURES`, or an item of evidence."""

    slug: str
    label_id: str
    label_en: str
    weight: int
    kind: Kind
    source: str
    direction: Direction = Direction.HIGHER
    valid_from: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The components in force, with the rules of the comparison. All of it are published rows."""

    components: tuple[Component, ...]
    minimum_n: int
    z: float
    band_floors: tuple[int, ...] = ()

    def with_weights(self, weights: Mapping[str, int]) -> Scorecard:
        """The same with other weights; components that are not named keep theirs."""
        changed = tuple(_reweighted(one, weights.get(one.slug, one.weight)) for one in self.components)
        return Scorecard(changed, self.minimum_n, self.z, self.band_floors)

    @property
    def weighed(self) -> tuple[Component, ...]:
        """The components that count at all."""
        return tuple(one for one in self.components if one.weight > 0)


def _reweighted(one: Component, weight: int) -> Component:
    return Component(
        one.slug, one.label_id, one.label_en, weight, one.kind, one.source, one.direction, one.valid_from, one.basis
    )


@dataclass(frozen=True, slots=True)
class Body:
    """One body to be compared: its code, how many cases it had, and what was measured, by component."""

    code: str
    n: int
    measures: Mapping[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """What one component gives: points out of the weight it has here. No `value` where it is absent."""

    value: float | None
    low: float
    high: float
    n: int | None
    weight: float
    points: float

    def as_json(self) -> dict[str, Any]:
        rounded = {name: round(getattr(self, name), 4) for name in ("low", "high", "weight", "points")}
        return {"value": None if self.value is None else round(self.value, 6), "n": self.n, **rounded}


@dataclass(frozen=True, slots=True)
class Score:
    """0–100, exact, with the interval of its components; none where nothing at all was measured."""

    exact: Fraction | None
    low: float | None
    high: float | None
    parts: Mapping[str, Part]


def compared(scorecard: Scorecard, bodies: Collection[Body]) -> tuple[Component, ...]:
    """The components that somebody among the bodies has: those this comparison weighs."""
    measured = {slug for body in bodies for slug in body.measures}
    return tuple(one for one in scorecard.weighed if one.slug in measured)


def score(components: Collection[Component], body: Body, z: float) -> Score:
    """The score of one body over the components of the comparison."""
    found = {one.slug: _measure(one, body) for one in components}
    whole = sum(one.weight for one in components)
    carried = sum(one.weight for one in components if found[one.slug] is not None)
    if not carried:
        return Score(None, None, None, {})
    # One exact division at the end: a fraction for every sum in between would take most of the time of a ranking.
    above, below = 0, 1
    low, high = 0.0, 0.0
    parts: dict[str, Part] = {}
    for one in components:
        measure, full = found[one.slug], FULL * one.weight / whole
        if measure is None:
            parts[one.slug] = Part(None, 0.0, 1.0, 0, 0.0, 0.0)
            high += full
            continue
        value, (least, most) = measure.value, measure.interval(z)
        above = above * value.denominator + one.weight * value.numerator * below
        below *= value.denominator
        low += full * least
        high += full * most
        weight, share = FULL * one.weight / carried, value.numerator / value.denominator
        parts[one.slug] = Part(share, least, most, measure.n, weight, weight * share)
    exact = Fraction(FULL * above, carried * below)
    # What is absent may pull either way, but a sum of roundings never past the score itself.
    return Score(exact, min(low, float(exact)), min(float(FULL), max(high, float(exact))), parts)


def _measure(component: Component, body: Body) -> Measure | None:
    measure = body.measures.get(component.slug)
    if measure is None:
        return Measure(Fraction(0)) if component.kind == Kind.EVIDENCE else None
    return measure.reversed if component.direction == Direction.LOWER else measure
