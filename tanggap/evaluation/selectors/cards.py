"""Report cards of agencies and regions."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tanggap.common import clock
from tanggap.directory.models import Agency, Region
from tanggap.evaluation.figures import Figures
from tanggap.evaluation.groups import Group, members
from tanggap.evaluation.periods import Period, month_of
from tanggap.evaluation.report_card import ReportCard
from tanggap.evaluation.selectors.differences import Difference, differences_now, differences_then, kept_of, now_in
from tanggap.evaluation.selectors.entries import Node, entries_here, node_of
from tanggap.evaluation.selectors.sheets import (
    MOST_EXACT,
    durations,
    exact_durations,
    monthly_sheets,
    sheet_of,
    sheets,
)


def report_card(
    agency: Agency, first: date, last: date, as_of: datetime | None = None, *, guarded: bool = True
) -> ReportCard:
    """The card of an agency and its units over the cases received from `first` to `last`, in the agency's zone.

    A government's card counts no other government: a province's none of its regencies. With `as_of` the cases are
    taken as their events tell until then, wherever they went since. `guarded=False` leaves secret and supervisory
    cases out, for the public page of a unit: there one report more than its officers see would tell them that there
    is one about them (DOMAIN §6).
    """
    node, period = node_of(agency), Period(first, last)
    at = as_of or clock.now()
    if not guarded:
        entries = entries_here(node, period, guarded=False) or []
        return _card(agency, period, at, Figures(sheet_of(node, entries), durations(entries)))
    differing = _differing(node, period, as_of)
    waiting = len(list(now_in(node, period, differing)))
    return _card(agency, period, at, _figures(node, period, differing), waiting)


def region_card(region: Region, first: date, last: date, as_of: datetime | None = None) -> ReportCard:
    """The geographic sum: the cases whose place lies in the region, whoever holds them."""
    period = Period(first, last)
    node = node_of(region)
    return _card(region, period, as_of or clock.now(), _figures(node, period, _differing(node, period, as_of)))


def monthly_cards(of: Agency | Region, period: Period) -> list[ReportCard]:
    """The cases of every month a period touches, oldest first: the line of a trend. Months are whole."""
    node, at = node_of(of), clock.now()
    months = [month_of(first) for first in period.months]
    if node.tallied:
        found = [Figures(sheet) for sheet in monthly_sheets(node, period.months, differences_now(at))]
    else:
        found = [_figures(node, month, differences_now(at)) for month in months]
    return [_card(of, month, at, figures) for month, figures in zip(months, found, strict=True)]


def group_cards(
    group: Group, period: Period, within: Region | None = None, *, details: bool = True
) -> list[ReportCard]:
    """The card of every body of a peer group, by code; those without any case among them. Medians are within 2 %.

    Without `details` the cards have no topics, places, medians and percentiles.
    """
    bodies, at = list(members(group, within)), clock.now()
    nodes = [node_of(body) for body in bodies]
    found = sheets(nodes, period, differences_now(at), details=details) if nodes else {}
    return [_card(body, period, at, Figures(found[node.number])) for body, node in zip(bodies, nodes, strict=True)]


def _differing(node: Node, period: Period, as_of: datetime | None) -> list[Difference]:
    return differences_now(clock.now()) if as_of is None else differences_then(node, period, as_of)


def _figures(node: Node, period: Period, differing: list[Difference]) -> Figures:
    if not node.tallied:
        return _untallied(node, period, differing)
    sheet = sheets([node], period, differing)[node.number]
    exact = exact_durations(node, period, differing) if sheet.few.get("n", 0) <= MOST_EXACT else {}
    return Figures(sheet, exact)


def _untallied(node: Node, period: Period, differing: list[Difference]) -> Figures:
    """A district or village: few enough cases to read each."""
    known = kept_of(differing)
    entries = [entry for entry in entries_here(node, period) or [] if entry.case_id not in known]
    entries += now_in(node, period, differing)
    return Figures(sheet_of(node, entries), durations(entries))


def _card(of: Agency | Region, period: Period, at: datetime, figures: Figures, waiting: int = 0) -> ReportCard:
    agency, region = (of.code, None) if isinstance(of, Agency) else (None, of.code)
    return ReportCard(agency, region, period.first, period.last, at.astimezone(ZoneInfo(of.zone)), figures, waiting)
