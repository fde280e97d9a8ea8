"""The columns of a case as they follow from its events. Pure: the audit and every past figure stand on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

TIME = "_at"
"""Every audited column whose name ends so is a moment."""


def replay(changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The last value of every column that was ever set, from the `changes` of events, oldest first."""
    columns: dict[str, Any] = {}
    for change in changes:
        columns.update(change)
    return columns


def comparable(name: str, value: Any) -> Any:
    """A column's value in one spelling, whether it comes from a row or from an event.

    Moments are compared as moments, whatever zone they were written in. Nothing, "", 0 and False are one: a new
    case's event leaves out the columns that are not set.
    """
    if not value:
        return None
    if name.endswith(TIME):
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.astimezone(UTC)
    return value
