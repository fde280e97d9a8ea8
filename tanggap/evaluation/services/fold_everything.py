"""Counting everything that waits into the tallies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from tanggap.evaluation.selectors.recount import tallies_are_missing
from tanggap.evaluation.services.fold_tallies import BATCH, fold_tallies
from tanggap.evaluation.services.rebuild_tallies import rebuild_tallies

SHOWN_FROM: Final = 2 * BATCH


def fold_everything(*, now: datetime, progress: Callable[[str], object] = lambda _line: None) -> int:
    """Fold until nothing is left, a transaction a batch; how many were taken. What was never counted comes first."""
    total = rebuild_tallies(now=now, progress=progress) if tallies_are_missing() else 0
    while taken := fold_tallies(now=now):
        total += taken
        if total > SHOWN_FROM:
            progress(f"{total} perubahan dihitung ke dalam rapor")
    return total
