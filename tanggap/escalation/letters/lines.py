"""The line of a case in a letter, written down when the step was decided: a letter tells what was true then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import translation

from tanggap.cases.models import Case, Leg
from tanggap.cases.telling.values import clock_sentence
from tanggap.common import formats
from tanggap.directory.selectors import calendar_of

LANGUAGE = "id"


def lines_for(cases: Sequence[Case], *, now: datetime) -> dict[str, list[str]]:
    """Clock and "held since" of each case as it stands, by its id as JSON keeps it."""
    holding = Leg.objects.filter(Q(held_to__isnull=True) | Q(held_to__gt=now), case__in=cases, held_from__lte=now)
    since = dict(holding.order_by("held_from").values_list("case_id", "held_from"))
    with translation.override(LANGUAGE):
        return {
            str(case.pk): [
                clock_sentence(case, now=now, audience="officer").rstrip("."),
                _held(case, since.get(case.pk, case.received_at)),
            ]
            for case in cases
        }


def _held(case: Case, since: datetime) -> str:
    return formats.plain_date(calendar_of(case.agency_id).local_date(since), LANGUAGE)


def line_of(lines: Mapping[str, Any], case: Case) -> tuple[str, str] | None:
    """The kept line of a case."""
    line = lines.get(str(case.pk))
    return (line[0], line[1]) if line else None
