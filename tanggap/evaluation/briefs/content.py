"""What a brief says, in values; sentences are made where it is shown. Pure.

It holds counts, names of offices, topics and places, and numbers of rows; no title and no word of any report, so that a
frozen copy keeps nothing that a report may lose later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from tanggap.evaluation.briefs.baseline import Usual, Verdict
from tanggap.evaluation.briefs.series import Standing
from tanggap.evaluation.briefs.windows import Length, Window


@dataclass(frozen=True, slots=True)
class LateUnit:
    """An office with cases over their limit, and since when the longest waits (None where only counts are kept)."""

    agency_id: int
    name: str
    n: int
    since: datetime | None
    days: int | None

    @property
    def line(self) -> str:
        """Its name in addresses."""
        return f"unit:{self.agency_id}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cases of one topic from one place. `reporters` are known apart by their contacts, `unknown` left none; `same`
    are told in nearly the same words as others (a mass submission)."""

    category: str
    topic: str
    region: str
    place: str
    cases: int
    reporters: int = 0
    unknown: int = 0
    same: int = 0

    @property
    def line(self) -> str:
        """Its name in addresses."""
        return f"tempat:{self.region}/{self.category}"


@dataclass(frozen=True, slots=True)
class Endings:
    """How the window's cases ended, and what else tells how well."""

    closed: int = 0
    closed_before: int = 0
    silent: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question worth asking: which rule asks it, its figures by name, and the line whose cases it comes from."""

    rule: str
    line: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief of one agency. `late` counts what is over its limit at `at`, everything else lies in the window."""

    window: Window
    agency: str
    name: str
    at: datetime
    over: bool
    received: Standing
    endings: Endings
    late: int
    late_units: int = 0
    topics: tuple[Standing, ...] = ()
    rising: tuple[Standing, ...] = ()
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """For each rising topic the district most of its cases come from, and how many."""
    clusters: tuple[Cluster, ...] = ()
    units: tuple[LateUnit, ...] = ()
    solved: tuple[int, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell; that nothing came where much usually does is something."""
        quiet = self.received.verdict is Verdict.LOW
        return not (self.received.now or self.endings.closed or self.late or quiet)

    def as_json(self) -> dict[str, Any]:
        """As it is kept and given out."""
        kept = asdict(self)
        kept["window"] = {"length": self.window.length.value, "first": self.window.first.isoformat()}
        kept["at"] = self.at.isoformat()
        for unit, row in zip(self.units, kept["units"], strict=True):
            row["since"] = unit.since.isoformat() if unit.since else None
        return kept


def brief_of(kept: Mapping[str, Any]) -> Brief:
    """The brief that was kept."""
    values = dict(kept)
    window = values.pop("window")
    units = [
        LateUnit(**{**row, "since": datetime.fromisoformat(row["since"]) if row["since"] else None})
        for row in values.pop("units")
    ]
    return Brief(
        window=Window(Length(window["length"]), date.fromisoformat(window["first"])),
        at=datetime.fromisoformat(values.pop("at")),
        received=_standing(values.pop("received")),
        endings=Endings(**values.pop("endings")),
        topics=tuple(_standing(row) for row in values.pop("topics")),
        rising=tuple(_standing(row) for row in values.pop("rising")),
        places={key: (name, n) for key, (name, n) in values.pop("places").items()},
        clusters=tuple(Cluster(**row) for row in values.pop("clusters")),
        units=tuple(units),
        solved=tuple(values.pop("solved")),
        questions=tuple(Question(**row) for row in values.pop("questions")),
        **values,
    )


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(**{**row, "usual": Usual(**row["usual"]), "shown": tuple(row["shown"])})
