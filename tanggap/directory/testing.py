"""The part of the country that tests live in."""

from __future__ import annotations

from tanggap.directory.reference.selection import Selection

SMALL = Selection(
    provinces=frozenset({"33", "35", "53", "91"}),
    regencies=frozenset({"33.21", "33.74", "35.02", "35.27", "35.78", "53.71", "91.71"}),
)
"""Four provinces in three zones; a few regencies and cities with units, districts and villages."""
