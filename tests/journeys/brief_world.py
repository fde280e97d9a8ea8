"""Cases of a year in one government, made at once: what a brief is drawn from."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tanggap.cases.models import Case, Narrative, Reporter
from tanggap.common.crypto import blind_index
from tanggap.common.ids import new_tracking_id
from tanggap.directory.models import Agency, Category, Region
from tests.cast import WIB

# The Monday after the week that is told: 16 to 22 November 2026.
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=WIB)
INSIDE = datetime(2026, 11, 17, 10, 0, tzinfo=WIB)

_numbers = count()


def topics() -> list[str]:
    """Three topics of the reference data, always the same."""
    return list(Category.objects.filter(level=2).order_by("code").values_list("code", flat=True)[:3])


def district(number: int = 0) -> str:
    """A district of Sampang."""
    rows = Region.objects.filter(code__startswith="35.27.", kind=Region.Kind.DISTRICT).order_by("code")
    return str(rows.values_list("code", flat=True)[number])


def case(at: datetime, *, unit: str = "35.27/dpupr", phone: str = "", **given: Any) -> Case:
    """A verified, ordinary case of a unit of Sampang; closed with `closed_at`, else waiting."""
    agency = Agency.objects.get(code=unit)
    closed = given.get("closed_at")
    plain: dict[str, Any] = {
        "tracking_id": new_tracking_id(), "state": "closed" if closed else "forwarded", "channel": "web",
        "classification": "complaint", "title": f"Laporan {next(_numbers)}", "agency": agency, "body": agency.body,
        "received_at": at, "verified_at": at + timedelta(hours=2), "forwarded_at": at + timedelta(hours=2),
        "published": True, "due_at": None if closed else at + timedelta(days=20), "answered_at": closed,
        "outcome": "confirmed" if closed else "", "answer_kind": "done" if closed else "", "imported": True,
    }  # fmt: skip
    made = Case.objects.create(**{**plain, **given})
    Narrative.objects.create(case=made, public_text="Airnya keruh sejak Senin.", agency_text="Airnya keruh.")
    if phone:
        Reporter.objects.create(case=made, phone_index=blind_index("phone", phone))
    return made


def history(topic: str, weekly: list[int], **given: Any) -> None:
    """So many cases a week of one topic, the last of them the week before the one that is told."""
    for ago, n in enumerate(reversed(weekly), start=1):
        for number in range(n):
            day = INSIDE - timedelta(weeks=ago) + timedelta(hours=number)
            case(day, category_id=topic, closed_at=day + timedelta(days=7), **given)
