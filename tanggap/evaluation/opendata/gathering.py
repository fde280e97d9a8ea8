"""The rows of each table, streamed from what is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from tanggap.common.crypto import keyed_digest
from tanggap.directory.models import Agency, Category
from tanggap.evaluation.figures import Figures
from tanggap.evaluation.groups import Group, members
from tanggap.evaluation.opendata.pooling import SMALLEST, pooled
from tanggap.evaluation.opendata.tables import CASES
from tanggap.evaluation.opendata.withholding import BODY, TOTAL, Cells, Listed, may_replace, withhold
from tanggap.evaluation.periods import Period, month_of
from tanggap.evaluation.selectors.entries import days_of, node_of
from tanggap.evaluation.selectors.sheets import monthly_sheets
from tanggap.evaluation.tallies.entry import NONE
from tanggap.evaluation.tallies.slots import ZONES

_SEPARATE: Final = (Group.NATIONAL, Group.PROVINCE, Group.REGENCY, Group.CITY)
_SPLITS: Final = {
    "state": "by_state",
    "channel": "by_channel",
    "classification": "by_classification",
    "category": "by_category",
    "district": "by_district",
}
Told = Mapping[tuple[str, str], Cells]
"""What a version tells in numbers, by month and body."""
_AT: Final = {name: at for at, name in enumerate(CASES.heads)}
_WITH: Final = {"state": ("outcome", "archive_reason", "closed_on"), BODY: ("unit",)}
"""Columns that say something of a dimension, too: silent with it."""
_EDGE: Final = timedelta(hours=2)
"""By which a month begins earlier in the east."""
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


def aggregate_rows(months: Sequence[date], before: Told) -> Iterator[list[Any]]:
    """Body by body and month by month; a body's month of which a number moved by a few stays as it was published.

    So no few cases can be read from two versions side by side.
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
    return before if before and not may_replace(before, cells) else cells


def cells_of(figures: Figures) -> Cells:
    """What may be published of one body and month; nothing without a case."""
    if not figures.total:
        return {}
    if figures.total < SMALLEST:
        return {TOTAL: None}
    cells: dict[tuple[str, str], int | None] = {TOTAL: figures.total}
    for dimension, name in _SPLITS.items():
        cells |= {(dimension, key): n for key, n in (pooled(getattr(figures, name)) or {}).items() if n}
    return cells


def read_cells(rows: Iterable[list[str]]) -> Told:
    """What a version published, by month and body."""
    found: dict[tuple[str, str], dict[tuple[str, str], int | None]] = {}
    for month, body, dimension, key, number in rows:
        found.setdefault((month, body), {})[dimension, key] = int(number) if number else None
    return dict(found)


def revision_rows(before: Told, now: Told) -> Iterator[list[Any]]:
    """What the numbers of months already published were and are; months that are new are no revision."""
    months = {month for month, _body in before}
    for month, body in sorted(before.keys() | now.keys()):
        old, new = (of.get((month, body), {}) for of in (before, now))
        for cell in sorted(old.keys() | new.keys()):
            if month in months and old.get(cell) != new.get(cell):
                yield [month, body, *cell, old.get(cell), new.get(cell)]


def case_rows(period: Period, now: Told, before: Iterable[list[str]]) -> Iterator[list[Any]]:
    """The public cases of a period, month by month as their agencies' zones have it; a month at a time in memory.

    `now` are the numbers published beside them, `before` the rows of the version before.
    """
    earlier = groupby(before, key=lambda row: row[_AT["received_on"]][:7])
    month_before, rows_before = next(earlier, (None, iter(())))
    for first in period.months:
        month = f"{first:%Y-%m}"
        while month_before is not None and month_before < month:
            month_before, rows_before = next(earlier, (None, iter(())))
        known = {row[0]: row for row in rows_before} if month_before == month else {}
        yield from _weighed(list(_listed(month_of(first))), month, now, known)


def _listed(month: Period) -> Iterator[tuple[list[Any], str]]:
    """The rows of a month, and the district each of them counts in."""
    start, end = days_of(month, ZONES[0])
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CASES, [start - _EDGE, end])
        while rows := cursor.fetchmany(_BATCH):
            for raw in rows:
                row = _case_row(raw)
                if month.first <= row[_AT["received_on"]] <= month.last:
                    yield row, row[_AT["district"]] if (row[_AT["district"]] or "").count(".") == 2 else NONE


def _weighed(
    found: Sequence[tuple[list[Any], str]], month: str, now: Told, known: Mapping[str, list[str]]
) -> Iterator[list[Any]]:
    by_body: dict[str, list[Listed]] = {}
    for row, district in found:
        values = {name: row[_AT[name]] or NONE for name in _SPLITS} | {"district": district}
        listed = Listed(row[0], values, _before(known.get(row[0]), row, values))
        by_body.setdefault(row[_AT["body"]] or "", []).append(listed)
    for body, of_body in by_body.items():
        if body:
            withhold(now.get((month, body), {}), of_body)
    withheld = {one.id: one.withheld for of_body in by_body.values() for one in of_body}
    for row, _district in found:
        yield _told(row, withheld[row[0]])


def _before(said: Sequence[str] | None, row: Sequence[Any], values: Mapping[str, str]) -> dict[str, str | None] | None:
    """What a row said before in each dimension; None for what it withheld."""
    if said is None:
        return None
    found: dict[str, str | None] = {name: said[_AT[name]] or None for name in values}
    if (said[_AT["district"]]).count(".") < 2:
        # A wider place stands for none as well as for a withheld district: the true one is told only if it was none.
        found["district"] = NONE if said[_AT["body"]] and values["district"] == NONE else None
    body = said[_AT["body"]]
    return found | {BODY: None if not body and row[_AT["body"]] else "" if body == row[_AT["body"]] else body}


def _told(row: list[Any], withheld: Collection[str]) -> list[Any]:
    """A row as it is published."""
    silent = {column for name in withheld for column in (name, *_WITH.get(name, ()))}
    district = row[_AT["district"]]
    if silent & {BODY, "district"} and district:
        # Without its body a place is told to the province, else to the regency.
        row[_AT["district"]] = ".".join(district.split(".")[: 1 if BODY in silent else 2])
    for column in silent - {"district"}:
        row[_AT[column]] = None
    return row


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
        category or NONE,
        classification or NONE,
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
