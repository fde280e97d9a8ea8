"""Made-up cases of 2024 by which governments can be ranked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


def lines_for(
    agency: str, total: int, *, closed: int, on_time: int, rated: int = 0, rating: int = 4
) -> Iterator[dict[str, str]]:
    """`total` cases spread over 2024: the first `closed` closed, `on_time` of all answered within two days."""
    for number in range(total):
        received = datetime(2024, 1, 2, 9, tzinfo=WIB) + timedelta(minutes=number * 500_000 // total)
        forwarded = received + timedelta(hours=2)
        answered = forwarded + timedelta(days=2 if number < on_time else 40)
        line = {
            "received_at": received.isoformat(),
            "text": f"Laporan {agency} nomor {number} tentang pelayanan.",
            "agency_code": agency,
            "channel": "web",
            "classification": "complaint",
            "state": "forwarded",
            "forwarded_at": forwarded.isoformat(),
        }
        if number < max(closed, on_time):
            line |= {"state": "in_progress", "first_answered_at": answered.isoformat()}
        if number < closed:
            done = answered + timedelta(days=14)
            line |= {"state": "closed", "answered_at": answered.isoformat(), "closed_at": done.isoformat()}
            line |= {"rating": str(rating)} if number < rated else {}
        yield line
