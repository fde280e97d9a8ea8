"""The grades and limits that ship with the product, as dated rows (PermenPANRB 14/2017; DOMAIN §8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tanggap.accounts.days import local_day
from tanggap.common.clock import now
from tanggap.surveys.models import GradeBand, SurveyPolicy

SINCE = date(2017, 5, 9)
PERMEN = "PermenPANRB 14/2017"
OURS = "PermenPANRB 14/2017; batas tampil dan pengingat keputusan Tanggap"

BANDS: tuple[tuple[str, str, str, str], ...] = (
    ("A", "88.31", "Sangat baik", "Very good"),
    ("B", "76.61", "Baik", "Good"),
    ("C", "65.00", "Kurang baik", "Less good"),
    ("D", "25.00", "Tidak baik", "Not good"),
)


def load(progress: Callable[[str], object]) -> int:
    """Add the rows that are missing; edited ones stay. Returns the rows written.

    The year without a survey begins to count on the day of the first load: a new or upgraded instance reminds
    nobody of years in which it was not there.
    """
    written = 0
    for grade, floor, label_id, label_en in BANDS:
        _row, created = GradeBand.objects.get_or_create(
            grade=grade,
            valid_from=SINCE,
            defaults={"floor": Decimal(floor), "label_id": label_id, "label_en": label_en, "basis": PERMEN},
        )
        written += created
    _policy, created = SurveyPolicy.objects.get_or_create(
        valid_from=SINCE,
        defaults={
            "chi_square": Decimal("3.841"),
            "margin": Decimal("0.05"),
            "fewest_shown": 5,
            "due_every_days": 365,
            "reminders_a_day": 50,
            "counted_from": local_day(now()),
            "basis": OURS,
        },
    )
    progress(f"survei kepuasan: {written + created} baris")
    return written + created
