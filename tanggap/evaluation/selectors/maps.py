"""The figures of many regions at once, for a map."""

from __future__ import annotations

from collections.abc import Iterable

from tanggap.common import clock
from tanggap.directory.models import Region
from tanggap.evaluation.figures import Figures
from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.differences import differences_now
from tanggap.evaluation.selectors.entries import node_of
from tanggap.evaluation.selectors.sheets import sheets


def region_figures(regions: Iterable[Region], period: Period) -> dict[str, Figures]:
    """What happened in each province, regency or city, by code; those without a case too."""
    nodes = {region.code: node_of(region) for region in regions}
    if not nodes:
        return {}
    found = sheets(list(nodes.values()), period, differences_now(clock.now()))
    return {code: Figures(found[node.number]) for code, node in nodes.items()}
