"""What evaluators found of bodies in a period, as shares that a scorecard can weigh."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.measures import Measure

Evidence = Mapping[str, Mapping[str, Measure]]
"""By code of the body, then by item: the `source` of a scorecard's component of evidence."""


def evidence_scores(codes: Collection[str], period: Period) -> Evidence:
    """The judged items of bodies over a period, in a constant number of statements. None until a round has judged any.

    A body that was judged and brought nothing has the item with 0; an item that nobody has was not asked for.
    """
    return {}
