"""What the events of a case tell: its columns, its pauses, who held it and what was promised. Pure.

One way from events to figures, whether they are folded in as they come, rebuilt, audited or asked as of earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from tanggap.cases.clocks import Pause
from tanggap.cases.workflow import State

_WITH_AGENCY: Final = frozenset({State.FORWARDED, State.IN_PROGRESS, State.ON_HOLD})
_HOLDING: Final = frozenset({"state", "agency_id", "forwarded_at"})
"""The columns that say who owes an answer."""
_PROMISES: Final = frozenset({"case.promise_kept", "case.promise_broken"})


class Happening(NamedTuple):
    """What of an event the figures stand on."""

    seq: int
    name: str
    at: datetime
    changes: Mapping[str, Any] | None = None
    promised: bool = False
    """It gave a date."""
    late: bool = False
    """Of a promise that was fulfilled: after its date."""
    pledge: int = 0


class Stretch(NamedTuple):
    """Time during which one agency had the case and owed an answer; `end` is None while it lasts."""

    agency_id: int
    start: datetime
    end: datetime | None = None


@dataclass(slots=True)
class Told:
    """Everything the figures need of one case, as its events tell it until some moment."""

    columns: dict[str, Any] = field(default_factory=dict)
    pauses: list[Pause] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    places: set[tuple[int, int | None]] = field(default_factory=set)
    """Every (agency, body) that ever had it."""
    regions: set[str] = field(default_factory=set)
    promised: int = 0
    kept: int = 0
    broken: set[int] = field(default_factory=set)
    seq: int = 0
    last_at: datetime | None = None

    def hear(self, happening: Happening) -> None:
        """Take in the next event."""
        self.seq = happening.seq
        self.last_at = happening.at if self.last_at is None else max(self.last_at, happening.at)
        if happening.promised or happening.name in _PROMISES:
            self._hear_promise(happening)
        changes = happening.changes
        if changes:
            self.columns.update(changes)
            self._note_place(changes)
            if not _HOLDING.isdisjoint(changes):
                self._note_pause(happening.at)
                self._note_stretch(happening.at)

    def _note_place(self, changes: Mapping[str, Any]) -> None:
        if "agency_id" in changes or "body_id" in changes:
            self.places.add((self.columns["agency_id"], self.columns.get("body_id")))
        if changes.get("region_id"):
            self.regions.add(changes["region_id"])

    def _note_pause(self, at: datetime) -> None:
        held = self.columns.get("state") == State.ON_HOLD
        running = bool(self.pauses) and self.pauses[-1].end is None
        if held and not running:
            self.pauses.append(Pause(at))
        elif not held and running:
            self.pauses[-1] = Pause(self.pauses[-1].start, at)

    def _note_stretch(self, at: datetime) -> None:
        holder = self.columns.get("agency_id") if self._is_with_agency() else None
        present = self.stretches[-1] if self.stretches and self.stretches[-1].end is None else None
        if present is not None and present.agency_id == holder:
            return
        if present is not None:
            self.stretches[-1] = Stretch(present.agency_id, present.start, at)
        if holder is not None:
            self.stretches.append(Stretch(holder, at))

    def _is_with_agency(self) -> bool:
        return self.columns.get("forwarded_at") is not None and self.columns.get("state") in _WITH_AGENCY

    def _hear_promise(self, happening: Happening) -> None:
        if happening.promised:
            self.promised += 1
        elif happening.name == "case.promise_kept" and not happening.late:
            self.kept += 1
        else:
            self.broken.add(happening.pledge)


def told(happenings: Iterable[Happening]) -> Told:
    """What the events of one case tell, oldest first."""
    case = Told()
    for happening in happenings:
        case.hear(happening)
    return case
