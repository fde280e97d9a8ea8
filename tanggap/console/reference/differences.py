"""From what to what a change of reference data went, read out of its event and of the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.console.ladder_words import step_words
from tanggap.escalation.ladder_edits import StepWish

Change = tuple[str, Any, Any]
# Said elsewhere on the line, or what tells which row it is.
NOT_CONTENT: Final = frozenset({"reason", "agency_id", "clock", "slug"})
LIMIT_ROW: Final = ("clock", "classification", "urgent", "valid_from")


def changes_of(name: str, data: Mapping[str, Any], earlier: Mapping[str, Any] | None) -> list[Change]:
    """(column, before, after) for what differs. `earlier` is the last event about the same row, if there was one."""
    if name == "calendar.changed":
        return list(_calendar(data.get("edit") or {}))
    if name == "policy.changed":
        return list(_limits(data.get("edit") or {}))
    if name == "scorecard.changed":
        return [(str(data.get("slug", "")), data.get("before"), data.get("weight"))]
    before, after = data.get("before"), data.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        return _differing(before, after)
    return _differing(_content(earlier or {}), _content(data))


def subject_of(data: Mapping[str, Any]) -> tuple[str, str]:
    """Streams of ladders and weights tell about several rows: which one this event is about."""
    return str(data.get("clock", "")), str(data.get("slug", ""))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    names = sorted({*before, *after})
    return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def _content(data: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in data.items() if name not in NOT_CONTENT and not isinstance(value, dict)}
    if isinstance(found.get("steps"), list):
        found["steps"] = "; ".join(_step(step) for step in found["steps"])
    return {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in found.items()}


def _step(step: Mapping[str, Any]) -> str:
    return step_words(StepWish(**{**step, "copies": tuple(step.get("copies", ()))}))


def _calendar(edit: Mapping[str, Any]) -> Iterator[Change]:
    for _agency, day, before, after in edit.get("days", ()):
        yield day, _said(before), _said(after)
    for _agency, first, before, after in edit.get("weeks", ()):
        yield _("pekan kerja mulai %(day)s") % {"day": first}, _said(before), _said(after)


def _said(row: Iterable[Any] | None) -> str:
    if row is None:
        return ""
    words = (",".join(map(str, part)) if isinstance(part, list) else part for part in row)
    return " ".join(str(word) for word in words if not isinstance(word, bool))


def _limits(edit: Mapping[str, Any]) -> Iterator[Change]:
    before, after = (
        {tuple(str(row.get(name)) for name in LIMIT_ROW): row for row in edit.get(when, ())}
        for when in ("before", "after")
    )
    for place in sorted({*before, *after}):
        old, new = _limit(before.get(place)), _limit(after.get(place))
        if old != new:
            yield " ".join(part for part in (place[0], place[1], place[3]) if part), old, new


def _limit(row: Mapping[str, Any] | None) -> str:
    return f"{row['amount']} {row['unit']}" + (f" → {row['valid_until']}" if row["valid_until"] else "") if row else ""
