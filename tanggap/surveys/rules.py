"""The dated rows in force on a day."""

from __future__ import annotations

from datetime import date

from tanggap.surveys.ikm import Band
from tanggap.surveys.models import GradeBand, SurveyPolicy


class NoRules(Exception):
    """Reference data was not loaded; the message says what to do."""


def policy_on(day: date) -> SurveyPolicy:
    """The limits in force on a day; before the first row, that one. Raises NoRules without any row."""
    rows = list(SurveyPolicy.objects.order_by("valid_from"))
    if not rows:
        raise NoRules("no survey policy: run `tanggap load-reference`")
    return next((row for row in reversed(rows) if row.valid_from <= day), rows[0])


def grade_rows_on(day: date) -> list[GradeBand]:
    """The grades in force on a day, the best first; before the first rows, those."""
    rows = list(GradeBand.objects.order_by("valid_from", "-floor"))
    days = sorted({row.valid_from for row in rows})
    since = max((one for one in days if one <= day), default=days[0] if days else None)
    return [row for row in rows if row.valid_from == since]


def bands_on(day: date) -> list[Band]:
    """The same for the arithmetic."""
    return [Band(row.grade, row.floor) for row in grade_rows_on(day)]
