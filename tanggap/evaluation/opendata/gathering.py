"""The rows of each table, streamed from what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from tanggap.common.crypto import keyed_digest
from tanggap.directory.models import Agency, Category
from tanggap.evaluation.figures import Figures
from tanggap.evaluation.groups import Group, members
from tanggap.evaluation.opendata.pooling import SMALLEST, moved, pooled
from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.entries import days_of, node_of
from tanggap.evaluation.selectors.sheets import monthly_sheets
from tanggap.evaluation.tallies.slots import ZONES

ALL: Final = "all"
_SEPARATE: Final = (Group.NATIONAL, Group.PROVINCE, Group.REGENCY, Group.CITY)
_SPLITS: Final = {
    "state": "by_state",
    "channel": "by_channel",
    "classification": "by_classification",
    "category": "by_category",
    "district": "by_district",
}
Cells = Mapping[tuple[str, str], int | None]
"""(dimension, key) → cases of one body and month; None where they are too few."""
# What may be told of one case: published, by somebody who did not hide, about nobody in particular.
_CASES: Final = """
    SELECT c.tracking_id, c.received_at, b.code, u.code, coalesce(u.zone, 'Asia/Jakarta'), c.region_id, c.category_id,
        c.classification, c.channel, c.state, c.outcome, c.archive_reason, c.verified_at, c.forwarded_at,
        c.first_answered_at, c.closed_at, e.first_answer_working, e.judged, e.on_time, c.reopens > 0, c.returns > 0
    FROM cases_case c
    JOIN directory_agency u ON u.id = c.agency_id LEFT JOIN directory_agency b ON b.id = c.body_id
    LEFT JOIN evaluation_tallyentry e ON e.case_id = c.id
    WHERE c.published AND NOT c.anonymous AND NOT c.guarded AND NOT c.pressed AND NOT c.unconfirmed
        AND NOT EXISTS (SELECT 1 FROM cases_subject s WHERE s.case_id = c.id)
        AND c.received_at >= %s AND c.received_at < %s
    ORDER BY c.received_at, c.id
"""
_BATCH: Final = 2000
_DAYS: Final = 86_400_000_000


def aggregate_rows(months: Sequence[date], before: Mapping[tuple[str, str], Cells]) -> Iterator[list[Any]]:
    """Body by body and month by month; a month that moved by less than five since `before` stays as it was published.

    So no single case can be read from two versions side by side.
    """
    for group in _SEPARATE:
        for body in members(group):
            for month, sheet in zip(months, monthly_sheets(node_of(body), months), strict=True):
                figures = Figures(sheet)
                name = f"{month:%Y-%m}"
                cells = _kept_or_new(before.get((name, body.code)), figures)
                yield from ([name, body.code, dimension, key, n] for (dimension, key), n in cells.items())


def _kept_or_new(before: Cells | None, figures: Figures) -> Cells:
    cells = cells_of(figures)
    if before is None:
        return cells
    old, new = ({cell: n or 0 for cell, n in one.items()} for one in (before, cells))
    return before if moved(old, new) < SMALLEST else cells


def cells_of(figures: Figures) -> Cells:
    """What may be published of one body and month; nothing without a case."""
    if not figures.total:
        return {}
    if figures.total < SMALLEST:
        return {("total", ALL): None}
    cells: dict[tuple[str, str], int | None] = {("total", ALL): figures.total}
    for dimension, name in _SPLITS.items():
        cells |= {(dimension, key): n for key, n in (pooled(getattr(figures, name)) or {}).items() if n}
    return cells


def read_cells(rows: Iterator[list[str]]) -> dict[tuple[str, str], Cells]:
    """What a version published, by month and body."""
    found: dict[tuple[str, str], dict[tuple[str, str], int | None]] = {}
    for month, body, dimension, key, number in rows:
        found.setdefault((month, body), {})[dimension, key] = int(number) if number else None
    return dict(found)


def case_rows(year: int, last_day: date) -> Iterator[list[Any]]:
    """The public cases of one year up to a day, as the west counts them, oldest first, in constant memory."""
    start, end = days_of(Period(date(year, 1, 1), min(date(year, 12, 31), last_day)), ZONES[0])
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CASES, [start, end])
        while rows := cursor.fetchmany(_BATCH):
            yield from map(_case_row, rows)


def _case_row(row: Sequence[Any]) -> list[Any]:
    (
        number, received_at, body, unit, zone, region, category, classification, channel, state, outcome, reason,
        verified_at, forwarded_at, answered_at, closed_at, working, judged, on_time, reopened, returned,
    ) = row  # fmt: skip
    place = ZoneInfo(zone)
    return [
        open_id(number),
        _day(received_at, place),
        body,
        unit if unit != body else None,
        ".".join(region.split(".")[:3]) if region else None,
        category,
        classification,
        channel,
        state,
        outcome or None,
        reason or None,
        *(_day(at, place) for at in (verified_at, forwarded_at, answered_at, closed_at)),
        round(working / _DAYS, 1) if working is not None else None,
        on_time if judged else None,
        reopened,
        returned,
    ]


def open_id(tracking_id: str) -> str:
    """The same for a case in every version, and no way from it to the case: a digest with a key of the instance."""
    return keyed_digest(f"open-data:{tracking_id}")[:20]


def _day(at: datetime | None, place: ZoneInfo) -> date | None:
    return at.astimezone(place).date() if at else None


def agency_rows() -> Iterator[list[Any]]:
    """All agencies, closed ones too: old cases name them."""
    rows = Agency.objects.select_related("body").exclude(kind=Agency.Kind.NATION).order_by("code")
    for agency in rows.iterator(chunk_size=_BATCH):
        body = agency.body.code if agency.body and not agency.is_body else None
        yield [agency.code, agency.name, agency.kind, body]


def category_rows() -> Iterator[list[Any]]:
    """All topics."""
    yield from map(list, Category.objects.order_by("code").values_list("code", "name", "parent_id"))
