"""A change of deadline rows, as a value: previewed before it is saved, kept in its event, undone to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tanggap.cases.clocks import Limit
from tanggap.cases.deadlines import LimitRow


@dataclass(frozen=True, slots=True)
class LimitEdit:
    """The rows that go and the rows that come in their place; `first_day` is when the change begins."""

    first_day: date
    before: tuple[LimitRow, ...]
    after: tuple[LimitRow, ...]

    def reversed(self) -> LimitEdit:
        """What undoes it."""
        return LimitEdit(self.first_day, self.after, self.before)

    def applied_to(self, rows: tuple[LimitRow, ...]) -> tuple[LimitRow, ...]:
        """All rows as they are with the change."""
        return (*(row for row in rows if row not in self.before), *self.after)

    def as_json(self) -> dict[str, Any]:
        """For an event."""
        return {
            "first_day": self.first_day.isoformat(),
            "before": [_row(row) for row in self.before],
            "after": [_row(row) for row in self.after],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LimitEdit:
        """From an event."""
        before, after = (tuple(_read(row) for row in data[name]) for name in ("before", "after"))
        return cls(date.fromisoformat(data["first_day"]), before, after)


def _row(row: LimitRow) -> dict[str, Any]:
    return {
        "clock": row.clock,
        "classification": row.classification,
        "agency_id": row.agency_id,
        "urgent": row.urgent,
        "amount": row.limit.amount,
        "unit": row.limit.unit,
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "source": row.source,
    }


def _read(row: Mapping[str, Any]) -> LimitRow:
    until = row["valid_until"]
    return LimitRow(
        row["clock"],
        row["classification"],
        row["agency_id"],
        row["urgent"],
        Limit(row["amount"], row["unit"]),
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(until) if until else None,
        row["source"],
    )
