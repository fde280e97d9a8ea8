"""Cases as lines of a public list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tanggap.cases.models import Case
from tanggap.cases.selectors import Piece
from tanggap.portal.naming import agency_name


@dataclass(frozen=True)
class Row:
    """One line: what `components/case_row.html` draws."""

    url: str
    title: str
    state: str
    holder: str
    place: str
    at: datetime
    zone: str
    rating: int | None
    joined: int = 0
    snippet: Sequence[Piece] = ()


def rows_of(cases: Iterable[Case], *, snippets: Mapping[int, Sequence[Piece]] | None = None) -> list[Row]:
    """Lines for cases that everybody may read; the caller chose only such. `snippets` by case, of their public text."""
    found = snippets or {}
    return [
        Row(
            url=reverse("portal:case", args=[case.tracking_id]),
            title=case.title,
            state=case.state,
            holder=agency_name(case.agency),
            place=case.region.name if case.region else "",
            at=case.received_at,
            zone=case.agency.zone,
            rating=case.rating,
            joined=case.endorsements,
            snippet=found.get(case.pk, ()),
        )
        for case in cases
    ]
