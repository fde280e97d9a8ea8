"""Report cards of agencies and regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from tanggap.cases.models import Case, Leg
from tanggap.common import clock
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import calendar_of, root_agency, subtree_ids
from tanggap.evaluation.facts import facts_as_of, facts_now
from tanggap.evaluation.figures import CaseFacts, figures
from tanggap.evaluation.groups import Group, members
from tanggap.evaluation.periods import Period, month_of
from tanggap.evaluation.report_card import ReportCard
from tanggap.ledger.models import Event


def report_card(agency: Agency, first: date, last: date, as_of: datetime | None = None) -> ReportCard:
    """The card of an agency and its units over the cases received from `first` to `last`, in the agency's zone.

    A government's card counts no other government: a province's none of its regencies. With `as_of` the cases are
    taken as their events tell until then, wherever they went since.
    """
    zone = ZoneInfo(agency.zone)
    cases = _received(first, last, zone)
    at = as_of or clock.now()
    facts: Iterator[CaseFacts]
    if as_of is None:
        facts = facts_now(cases.filter(_held_by(agency)))
    else:
        facts = facts_as_of(cases.filter(_ever_held_by(agency)), as_of, lambda columns: _covers(agency, columns))
    found = figures(facts, at=at, calendar_of=calendar_of)
    return ReportCard(agency.code, None, first, last, at.astimezone(zone), found)


def region_card(region: Region, first: date, last: date, as_of: datetime | None = None) -> ReportCard:
    """The geographic sum: the cases whose place lies in the region, whoever holds them."""
    zone = ZoneInfo(region.zone)
    cases = _received(first, last, zone)
    at = as_of or clock.now()
    facts: Iterator[CaseFacts]
    if as_of is None:
        inside = Q(region_id=region.code) | Q(region__code__startswith=f"{region.code}.")
        facts = facts_now(cases.filter(inside))
    else:
        # A verifier may correct the place, so the row does not say where it was thought to be then.
        facts = facts_as_of(cases, as_of, lambda columns: _lies_in(region, columns))
    found = figures(facts, at=at, calendar_of=calendar_of)
    return ReportCard(None, region.code, first, last, at.astimezone(zone), found)


def monthly_cards(of: Agency | Region, period: Period) -> list[ReportCard]:
    """The cards of every month a period touches, oldest first: the line of a trend. Months are whole."""
    card = report_card if isinstance(of, Agency) else region_card
    months = (month_of(first) for first in period.months)
    return [card(of, month.first, month.last) for month in months]  # type: ignore[arg-type]


def group_cards(group: Group, period: Period, within: Region | None = None) -> list[ReportCard]:
    """The card of every body of a peer group, by code; those without any case among them."""
    return [report_card(agency, period.first, period.last) for agency in members(group, within)]


def _received(first: date, last: date, zone: ZoneInfo) -> QuerySet[Case]:
    start, end = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
    return Case.objects.filter(received_at__gte=start, received_at__lt=end)


def _held_by(agency: Agency) -> Q:
    """By the place of the holder in the tree; the root's card is the nation's (or the instance's)."""
    if agency.pk == root_agency().pk:
        return Q()
    return Q(body_id=agency.pk) if agency.is_body else Q(agency_id__in=subtree_ids(agency.path))


def _ever_held_by(agency: Agency) -> Q:
    """Everything the agency may have held at some time: now, by a leg, or as first addressed.

    Between those only a case found to be about somebody moves: to the inspector's desk.
    """
    if agency.pk == root_agency().pk:
        return Q()
    units = subtree_ids(agency.path)
    held = Q(agency__body_id=agency.pk) if agency.is_body else Q(agency_id__in=units)
    legs = Leg.objects.filter(held, case=OuterRef("pk"))
    addressed = Q(data__changes__body_id=agency.pk) if agency.is_body else Q(data__changes__agency_id__in=units)
    stream = Concat(Value("case:"), Cast(OuterRef("pk"), TextField()))
    firsts = Event.objects.filter(addressed, stream=stream, seq=1)
    return _held_by(agency) | Exists(legs) | Exists(firsts) | Q(oversight=True)


def _covers(agency: Agency, columns: Mapping[str, Any]) -> bool:
    """`_held_by` for replayed columns."""
    if agency.pk == root_agency().pk:
        return True
    if agency.is_body:
        return columns.get("body_id") == agency.pk
    return columns.get("agency_id") in subtree_ids(agency.path)


def _lies_in(region: Region, columns: Mapping[str, Any]) -> bool:
    code = columns.get("region_id") or ""
    return code == region.code or code.startswith(f"{region.code}.")
