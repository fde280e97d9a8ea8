"""Which part of the country to load: everything, or a few provinces and regencies for tests and small instances."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """Provinces by code, and the regencies and cities of them that come with districts, villages and units."""

    provinces: frozenset[str] = frozenset()
    regencies: frozenset[str] = frozenset()
    everything: bool = False

    def takes(self, code: str) -> bool:
        """Whether the region with this code belongs to the part."""
        if self.everything:
            return True
        return code in self.provinces if len(code) == 2 else code[:5] in self.regencies


WHOLE_COUNTRY = Selection(everything=True)
