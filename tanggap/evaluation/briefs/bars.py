"""Where the bars of a small chart stand. Pure: x in percent, y in pixels, as DESIGN draws charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GROUND: Final = 76
TALLEST: Final = 55
_SHARE: Final = 0.84


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its number above it; the last is the one the chart is about."""

    x: str
    y: int
    width: str
    height: int
    middle: str
    count: int
    subject: bool

    @property
    def label(self) -> int:
        """Where the foot of the number stands."""
        return self.y - 5


def bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    """The bars of some counts; the tallest is as high as the picture allows, and none without a case is drawn high."""
    most, step = max(counts, default=0), 100 / max(len(counts), 1)
    drawn = []
    for number, count in enumerate(counts):
        height = round(TALLEST * count / most) if most else 0
        x, width = number * step, step * _SHARE
        drawn.append(
            Bar(
                f"{x:.1f}%", GROUND - height, f"{width:.1f}%", height, f"{x + width / 2:.1f}%", count,
                number == len(counts) - 1,
            )
        )  # fmt: skip
    return tuple(drawn)
