"""A report card: the figures of one agency or region over a period, as of a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tanggap.evaluation.figures import Figures

COUNTED = ("overdue", "reopened", "closed_silent", "returned")


@dataclass(frozen=True, slots=True)
class ReportCard:
    """Whose card, the days it covers (both included), the moment it speaks for, and its figures."""

    agency: str | None
    region: str | None
    first: date
    last: date
    as_of: datetime
    figures: Figures

    def as_json(self) -> dict[str, Any]:
        """The published form (ARCHITECTURE §5)."""
        f = self.figures
        return {
            "agency": self.agency,
            "region": self.region,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "as_of": self.as_of.isoformat(),
            "total": f.total,
            "by_state": f.by_state,
            "by_channel": f.by_channel,
            "by_classification": f.by_classification,
            "by_category": f.by_category,
            "by_district": f.by_district,
            "by_regency": f.by_regency,
            "by_outcome": f.by_outcome,
            "by_archive_reason": f.by_archive_reason,
            "completion": {
                "closed_over_total": f.closed_over_total,
                "closed_and_in_progress_over_total": f.closed_and_in_progress_over_total,
                "closed_over_total_without_archived": f.closed_over_total_without_archived,
            },
            "first_answer_working_days": asdict(f.first_answer_working_days),
            "first_answer_calendar_days": asdict(f.first_answer_calendar_days),
            "verification_working_days": asdict(f.verification_working_days),
            "citizen_first_answer_calendar_days": asdict(f.citizen_first_answer_calendar_days),
            "citizen_close_calendar_days": asdict(f.citizen_close_calendar_days),
            "on_time_share": f.on_time_share,
            "on_time_n": f.on_time_n,
            **{name: getattr(f, name) for name in COUNTED},
            "shares": {name: getattr(f, name) / f.total if f.total else None for name in COUNTED},
            "satisfaction": {"mean": f.satisfaction_mean, "n": f.satisfaction_n},
            "forwarded_within_3": f.forwarded_within_3,
            "followed_up_within_10": f.followed_up_within_10,
            "promises": {"kept": f.promises_kept, "broken": f.promises_broken, "pending": f.promises_pending},
            "charged": {"on_time": f.charged_on_time, "n": f.charged_n},
            "held_working_days": asdict(f.held_working_days),
        }

    def as_rows(self) -> Iterator[tuple[str, str, Any]]:
        """The same as lines of (figure, key, value); a figure that stands alone has no key."""
        for name, value in self.as_json().items():
            if isinstance(value, dict):
                yield from ((name, key, part) for key, part in value.items())
            else:
                yield name, "", value
