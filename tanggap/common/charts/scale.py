"""Round numbers along an axis. Pure."""

from __future__ import annotations

import math
from typing import Final

TICKS: Final = 4
_STEPS: Final = (1, 2, 2.5, 5, 10)


def ticks(highest: float, *, whole: bool = False) -> list[float]:
    """From 0 to the first round number not below `highest`, in about four steps; `whole` for counts."""
    if highest <= 0:
        return [0, 1]
    rough = highest / TICKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * one for one in _STEPS if power * one >= rough * 0.999)
    if whole:
        step = max(1, math.ceil(step))
    return [step * n for n in range(math.ceil(highest / step - 1e-9) + 1)]
