"""How an agency's letters leave, inherited down the tree; the product's own rule where nobody said anything."""

from __future__ import annotations

from tanggap.directory.selectors import agency_by_id
from tanggap.escalation.models import LetterPolicy


def policy_of(agency_id: int) -> LetterPolicy:
    """The rule of the agency or the nearest one above it, else the one for everybody."""
    agency = agency_by_id(agency_id)
    levels = [int(part) for part in agency.path.strip("/").split("/")]
    rows = {row.agency_id: row for row in LetterPolicy.objects.filter(agency_id__in=levels)}
    for level in reversed(levels):
        if level in rows:
            return rows[level]
    return LetterPolicy.objects.filter(agency=None).first() or LetterPolicy()
