"""A report card: the figures of one agency or region over a period, as of a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tanggap.evaluation.definitions import as_tree
from tanggap.evaluation.figures import Figures


@dataclass(frozen=True, slots=True)
class ReportCard:
    """Whose card, the days it covers (both included), the moment it speaks for, and its figures.

    `waiting` is how many of its cases stand in the figures otherwise than they are folded in yet: lists and tables of
    entries beside it do not know them.
    """

    agency: str | None
    region: str | None
    first: date
    last: date
    as_of: datetime
    figures: Figures
    waiting: int = 0

    def as_json(self) -> dict[str, Any]:
        """The published form (ARCHITECTURE §5)."""
        return {
            "agency": self.agency,
            "region": self.region,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "as_of": self.as_of.isoformat(),
            **as_tree(self.figures),
        }

    def as_rows(self) -> Iterator[tuple[str, str, Any]]:
        """The same as lines of (figure, key, value); a figure that stands alone has no key."""
        yield from rows_in(self.as_json())


def rows_in(card: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """The JSON of a card as lines of (figure, key, value)."""
    for name, value in card.items():
        if isinstance(value, dict):
            yield from ((name, key, part) for key, part in value.items())
        else:
            yield name, "", value
