"""A card beside the previous period, the median of its peers and the national figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from django.core.cache import cache

from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import root_agency
from tanggap.evaluation.figures import Figures
from tanggap.evaluation.groups import Group, group_of
from tanggap.evaluation.periods import Period
from tanggap.evaluation.report_card import ReportCard
from tanggap.evaluation.reporting.lines import FIGURES, Figure
from tanggap.evaluation.reporting.small import FEWEST
from tanggap.evaluation.selectors import group_cards, region_card, report_card

KEPT_FOR: Final = 600
"""Seconds for which a peer group's medians and the national card are kept: they are the same on every page."""

Medians = dict[str, float | None]


@dataclass(frozen=True)
class Line:
    """One figure with what it is compared with; None where there is nothing to compare."""

    figure: Figure
    value: float | None
    before: float | None
    peers: float | None
    national: float | None


@dataclass(frozen=True)
class Sheet:
    """Everything a page or a document about one card says in numbers.

    `guarded` is whether secret and supervisory cases are counted: never on a unit's, where one report more than its
    officers see would tell them that there is one about them (DOMAIN §6).
    """

    of: Agency | Region
    period: Period
    guarded: bool
    card: ReportCard
    before: ReportCard
    national: ReportCard | None
    group: Group | None
    peers: Medians
    fewest: int = 0
    """How many cases a topic or a place must have to be told by itself."""
    as_of: datetime | None = None
    """The earlier moment it speaks for; then there are no months and no peers beside it."""

    @property
    def figures(self) -> Figures:
        """The figures of the card itself."""
        return self.card.figures

    def lines(self) -> list[Line]:
        """All figures, in the order of the definitions."""
        national = {} if self.national is None else national_values(self.national, self.period, kept=self.as_of is None)
        return [
            Line(
                one,
                one.value(self.figures),
                one.value(self.before.figures),
                self.peers.get(one.key),
                national.get(one.key),
            )
            for one in FIGURES
        ]


def agency_sheet(agency: Agency, period: Period) -> Sheet:
    """The sheet of a body with its units, or of a unit alone."""
    guarded = counts_guarded(agency)
    group = group_of(agency)
    whole = agency.pk == root_agency().pk
    return Sheet(
        of=agency,
        period=period,
        guarded=guarded,
        card=agency_card(agency, period),
        before=agency_card(agency, period.previous),
        national=None if whole else national_card(period),
        group=group,
        peers=peer_medians(group, period) if group else {},
        fewest=FEWEST if guarded else 0,
    )


def region_sheet(region: Region, period: Period) -> Sheet:
    """The sheet of what happened in a region, whoever answers for it."""
    previous = period.previous
    return Sheet(
        of=region,
        period=period,
        guarded=True,
        card=region_card(region, period.first, period.last),
        before=region_card(region, previous.first, previous.last),
        national=national_card(period),
        group=None,
        peers={},
        fewest=FEWEST,
    )


def official_card(of: Agency | Region, period: Period, as_of: datetime | None = None) -> ReportCard:
    """The card with every case in it, for those who may run commands."""
    if isinstance(of, Region):
        return region_card(of, period.first, period.last, as_of)
    return report_card(of, period.first, period.last, as_of)


def official_sheet(of: Agency | Region, period: Period, as_of: datetime | None = None) -> Sheet:
    """The sheet of an official card, as things stood then if asked."""
    root = root_agency()
    group = group_of(of) if isinstance(of, Agency) and as_of is None else None
    return Sheet(
        of=of,
        period=period,
        guarded=True,
        card=official_card(of, period, as_of),
        before=official_card(of, period.previous, as_of),
        national=None if of == root else official_card(root, period, as_of),
        group=group,
        peers=peer_medians(group, period) if group else {},
        as_of=as_of,
    )


def counts_guarded(agency: Agency) -> bool:
    """Whether the pages of an agency count secret and supervisory cases: those of bodies do, those of units do not."""
    return agency.is_body or agency.pk == root_agency().pk


def agency_card(agency: Agency, period: Period) -> ReportCard:
    """The card as pages show it."""
    return report_card(agency, period.first, period.last, guarded=counts_guarded(agency))


def national_card(period: Period) -> ReportCard:
    """The card of the whole instance, at most ten minutes old."""
    key = f"evaluation:national:{period.name}"
    found: ReportCard | None = cache.get(key)
    if found is None:
        found = report_card(root_agency(), period.first, period.last)
        cache.set(key, found, KEPT_FOR)
    return found


def national_values(card: ReportCard, period: Period, *, kept: bool) -> Medians:
    """Every figure of the national card; `kept` for ten minutes, since its percentiles cost more than the page."""
    key = f"evaluation:national-values:{period.name}"
    found: Medians | None = cache.get(key) if kept else None
    if found is None:
        found = {one.key: one.value(card.figures) for one in FIGURES}
        if kept:
            cache.set(key, found, KEPT_FOR)
    return found


def peer_medians(group: Group, period: Period) -> Medians:
    """The median of every figure over the bodies of a group that have it, at most ten minutes old."""
    key = f"evaluation:peers:{group}:{period.name}"
    found: Medians | None = cache.get(key)
    if found is None:
        cards = [card.figures for card in group_cards(group, period)]
        found = {one.key: _median([one.value(card) for card in cards if card.total]) for one in FIGURES}
        cache.set(key, found, KEPT_FOR)
    return found


def _median(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
