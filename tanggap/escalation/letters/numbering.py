"""Letter numbers: one after the other per agency and year, none left out and none given twice."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from tanggap.directory.models import Agency
from tanggap.escalation.models import LetterCounter

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FIELD: Final = re.compile(r"\{(serial|agency|month|year)(?::0?([1-6])d)?\}")


def take_serial(agency_id: int, year: int) -> int:
    """The next serial number; the counter stays locked until commit, so that a rollback gives the number back."""
    LetterCounter.objects.bulk_create([LetterCounter(agency_id=agency_id, year=year)], ignore_conflicts=True)
    counter = LetterCounter.objects.select_for_update().get(agency_id=agency_id, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def written_number(pattern: str, *, serial: int, agency: Agency, on: date) -> str:
    """ "005/SP4N/35.27/XI/2026". Only the four fields are filled in; everything else stands as it was typed."""
    values = {"serial": serial, "agency": agency.code, "month": ROMAN[on.month - 1], "year": on.year}

    def fill(match: re.Match[str]) -> str:
        value = values[match[1]]
        return f"{value:0{match[2]}d}" if match[2] and isinstance(value, int) else str(value)

    return _FIELD.sub(fill, pattern)[:120]


def check_pattern(pattern: str) -> None:
    """Raises ValidationError for a pattern by which two letters could get the same number."""
    fields = {match[1] for match in _FIELD.finditer(pattern)}
    if not {"serial", "year"} <= fields:
        raise ValidationError("{serial} {year}", code="number_not_unique")
    if re.search(r"[{}]", _FIELD.sub("", pattern)):
        raise ValidationError("{serial} {agency} {month} {year}", code="unknown_field")
