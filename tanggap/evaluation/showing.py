"""Rankings as pages show them: the frozen or published period where there is one, else as things stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import QuerySet

from tanggap.directory.models import Agency, Region
from tanggap.evaluation.comparing import comparison
from tanggap.evaluation.freezing import part_of
from tanggap.evaluation.groups import Group, group_of
from tanggap.evaluation.models import PeriodContent, RankedPeriod
from tanggap.evaluation.periods import Period, period_named
from tanggap.evaluation.ranking.manifest import read_bodies, read_json, read_scorecard
from tanggap.evaluation.ranking.order import Move, Placed, moves, ranking
from tanggap.evaluation.ranking.scorecard import Body, Component, Scorecard, compared

KEPT_FOR = 600
"""Seconds: the standing of the running period is at most ten minutes old."""
PUBLIC = (RankedPeriod.State.PUBLISHED, RankedPeriod.State.FROZEN)
GROUPS_WITHIN = (Group.REGENCY_AND_CITY, Group.REGENCY, Group.CITY)
Part = PeriodContent.Part


@dataclass(frozen=True)
class Wanted:
    """What an address asks for. Without a kept period the ranking is made as things stand."""

    group: Group
    within: Region | None
    period: Period
    kept: RankedPeriod | None
    agency: str = ""
    """The body that is looked for, if any."""

    @property
    def name(self) -> str:
        return self.kept.name if self.kept else self.period.name


@dataclass(frozen=True)
class Shown:
    """A ranking with everything it was made of."""

    wanted: Wanted
    scorecard: Scorecard
    bodies: tuple[Body, ...]
    lines: list[Placed]

    @property
    def weighed(self) -> tuple[Component, ...]:
        """The components of this comparison."""
        return compared(self.scorecard, self.bodies)

    @property
    def left_out(self) -> list[Component]:
        """Components that nobody has, so that they count for nobody."""
        weighed = self.weighed
        return [one for one in self.scorecard.weighed if one not in weighed]

    @property
    def as_of(self) -> datetime | None:
        """The moment a kept period speaks for."""
        return self.wanted.kept.as_of if self.wanted.kept else None


@dataclass(frozen=True)
class Simulated:
    """The same bodies under other weights, beside the order as it is."""

    shown: Shown
    scorecard: Scorecard
    lines: list[Placed]
    moves: Mapping[str, Move]
    refused: bool
    """Whether some weight could not be read or all were 0, and the published ones stand."""


def public_periods() -> QuerySet[RankedPeriod]:
    """What everybody may see, the latest first."""
    return RankedPeriod.objects.filter(state__in=PUBLIC)


def wanted_of(asked: Mapping[str, str], kept: QuerySet[RankedPeriod], today: date) -> Wanted:
    """What an address asks for; whatever cannot be understood is left aside, never an error.

    Without a period the latest kept one, else the running year.
    """
    agency = _agency(asked.get("instansi", ""))
    group = (group_of(agency) if agency else None) or _group(asked.get("kelompok", ""))
    code = agency.code if agency else ""
    within = None
    if group in GROUPS_WITHIN and (region := asked.get("wilayah", "")).isdigit():
        within = Region.objects.filter(pk=region[:2], parent=None).first()
    name = asked.get("masa", "").replace("\x00", "")[:40]
    row = kept.filter(name=name).first() if name else kept.first()
    if row is not None:
        return Wanted(group, within, Period(row.first, row.last), row, code)
    period = period_named(name) or Period(date(today.year, 1, 1), date(today.year, 12, 31))
    return Wanted(group, within, period, None, code)


def _agency(code: str) -> Agency | None:
    return Agency.objects.filter(code=code.replace("\x00", "")[:64]).first() if code else None


def _group(name: str) -> Group:
    return Group(name) if name in set(Group) else Group.PROVINCE


def shown_ranking(wanted: Wanted) -> Shown:
    """The ranking an address asks for."""
    if wanted.kept is not None:
        return _kept(wanted, wanted.kept)
    key = f"ranking:{wanted.group}:{wanted.within.pk if wanted.within else ''}:{wanted.period.name}"
    found = cache.get(key)
    if found is None:
        made = comparison(wanted.group, wanted.period, wanted.within)
        found = made.scorecard, made.bodies
        cache.set(key, found, KEPT_FOR)
    scorecard, bodies = found
    return Shown(wanted, scorecard, bodies, ranking(scorecard, bodies))


def _kept(wanted: Wanted, period: RankedPeriod) -> Shown:
    """From the contents of the period alone: what the tree of agencies looks like today does not matter."""
    scorecard = read_scorecard(read_json(part_of(period, Part.SCORECARD)))
    codes = [line["agency"] for line in read_json(part_of(period, Part.RANKING))[wanted.group.value]]
    if wanted.within is not None:
        # A government's code is that of its region.
        codes = [code for code in codes if code.startswith(f"{wanted.within.pk}.")]
    bodies = tuple(read_bodies(read_json(part_of(period, Part.BODIES)), codes))
    return Shown(wanted, scorecard, bodies, ranking(scorecard, bodies))


MOST_WEIGHT, LONGEST = 1000, 4


def simulated(shown: Shown, asked: Mapping[str, str]) -> Simulated:
    """What the weights of an address (`w-<component>`) would change."""
    weights, refused = {}, False
    for one in shown.scorecard.components:
        raw = asked.get(f"w-{one.slug}", "").strip()
        if raw.isascii() and raw.isdigit() and len(raw) <= LONGEST and int(raw) <= MOST_WEIGHT:
            weights[one.slug] = int(raw)
        elif raw:
            refused = True
    scorecard = shown.scorecard.with_weights(weights)
    if not compared(scorecard, shown.bodies):
        refused, scorecard = True, shown.scorecard
    lines = ranking(scorecard, shown.bodies)
    return Simulated(shown, scorecard, lines, moves(shown.lines, lines), refused)


@dataclass(frozen=True)
class Cell:
    """One component of one body."""

    share: float | None
    n: int | None


@dataclass(frozen=True)
class Row:
    """One line of a table, with the ends of its interval as the picture takes them."""

    placed: Placed
    name: str
    cells: list[Cell]
    left: str
    right: str
    at: str
    move: Move | None = None


def rows_of(
    lines: Sequence[Placed], components: Collection[Component], changed: Mapping[str, Move] | None = None
) -> list[Row]:
    """The lines with the names of the bodies."""
    names = dict(Agency.objects.filter(code__in=[line.code for line in lines]).values_list("code", "name"))
    return [_row(line, names.get(line.code, line.code), components, changed or {}) for line in lines]


def _row(line: Placed, name: str, components: Collection[Component], changed: Mapping[str, Move]) -> Row:
    """Below the minimum a page shows how many cases there are and nothing else: few cases speak of few people."""
    if line.rank is None:
        return Row(line, name, [Cell(None, None) for _one in components], "", "", "", changed.get(line.code))
    parts = [line.parts.get(one.slug) for one in components]
    cells = [Cell(part.value, part.n) if part else Cell(None, None) for part in parts]
    left, right, at = (f"{value:.2f}%" if value is not None else "" for value in (line.low, line.high, line.score))
    return Row(line, name, cells, left, right, at, changed.get(line.code))
