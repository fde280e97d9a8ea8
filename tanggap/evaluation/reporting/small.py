"""Small cells: on public pages a topic or a place with very few cases is not told by itself.

Counts hold secret and supervisory cases too. A lone case of a topic or a district in a month, where nothing public is
to be seen, would tell the office it is about that there is one (DOMAIN §6).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tanggap.evaluation.tallies.entry import NONE

FEWEST: Final = 5
FINE: Final = ("by_category", "by_district", "by_regency")
"""The counts that say what a case is about or where."""
OTHER: Final = "other"


def without_small(found: Mapping[str, int], fewest: int) -> dict[str, int]:
    """The counts, those below `fewest` in one sum; what has no topic or place stays."""
    kept = {key: number for key, number in found.items() if number >= fewest or key == NONE}
    rest = sum(found.values()) - sum(kept.values())
    return {**kept, OTHER: rest} if rest else kept


def told(card: Mapping[str, Any], fewest: int) -> dict[str, Any]:
    """The JSON of a card as everybody may have it."""
    return {name: without_small(part, fewest) if name in FINE else part for name, part in card.items()}
