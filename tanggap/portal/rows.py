"""Cases as lines of a public list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tanggap.cases.models import Case
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


def rows_of(cases: Iterable[Case]) -> list[Row]:
    """Lines for cases that everybody may read; the caller chose only such."""
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
        )
        for case in cases
    ]
