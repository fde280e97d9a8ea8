"""The national holidays of a new year, from the package `holidays`, until the decree is out."""

from __future__ import annotations

from datetime import date, datetime
from importlib.metadata import version
from typing import cast

import holidays
from django.db import transaction

from tanggap.directory.calendar_edits import CalendarEdit, Day, DayEdit
from tanggap.directory.models import DayOff
from tanggap.directory.services.edit_calendar import edit_calendar

LONGEST_NAME = 120


@transaction.atomic
def load_calendar(*, year: int, actor_key: str, now: datetime) -> list[DayEdit]:
    """Add the national days that are missing, marked as estimated, and return them; rows that exist stay as they are.

    A second run adds nothing. Days that have passed are left out, because published figures stand on them.
    """
    today = now.date()
    present = set(DayOff.objects.filter(agency=None, date__year=year).values_list("date", flat=True))
    found = cast("dict[date, str]", holidays.country_holidays("ID", years=year, language="id"))
    added = tuple(
        DayEdit(None, day, None, Day(found[day][:LONGEST_NAME], DayOff.Kind.NATIONAL.value, estimated=True))
        for day in sorted(found)
        if day not in present and day > today
    )
    if added:
        reason = f"holidays {version('holidays')}"
        edit_calendar(agency_id=None, edit=CalendarEdit(days=added), actor_key=actor_key, now=now, reason=reason)
    return list(added)
