"""Entries as they are kept: read and chosen by node and days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson
from django.db import connection

from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import root_agency, subtree_ids
from tanggap.evaluation.periods import Period
from tanggap.evaluation.tallies.entry import EVERYTHING, Entry, regions_above
from tanggap.evaluation.tallies.slots import slots_between

COLUMNS: Final = Entry._fields
_HELD: Final = COLUMNS.index("held")
RECEIVED: Final = "slot BETWEEN %s AND %s AND received_at >= %s AND received_at < %s"
_TIMES: Final = [COLUMNS.index(name) for name in ("received_at", "changed_at", "next_at")]
# Times and JSON come as text, which is read here many times as fast as by the driver.
_SELECTED: Final = ", ".join(f"{name}::text" if n in (_HELD, *_TIMES) else name for n, name in enumerate(COLUMNS))
_SELECT: Final = f"SELECT {_SELECTED} FROM evaluation_tallyentry"  # noqa: S608 - the columns are ours


@dataclass(frozen=True, slots=True)
class Node:
    """Whose figures: an agency's with its units, a region's, or the whole instance's.

    `number` is its node in the tallies, for a district or village that of its regency. `here` chooses the entries that
    stand in it now, `ever` at least all that ever did or are charged to it.
    """

    number: int
    zone: str
    here: str
    ever: str
    values: tuple[Any, ...] = ()
    tallied: bool = True
    yearly: bool = True
    """Tallied by year too: all but units."""
    region: str = ""

    def has(self, entry: Entry) -> bool:
        """Whether the case itself stands here."""
        if self.region:
            return f"{entry.region}.".startswith(f"{self.region}.")
        return self.number in entry.nodes


def node_of(of: Agency | Region) -> Node:
    """The node of an agency or a region."""
    if isinstance(of, Region):
        return _region_node(of)
    if of.pk == root_agency().pk:
        return Node(EVERYTHING, of.zone, "true", "true")
    ever = f"ever @> ARRAY[{of.pk:d}]"
    if of.is_body:
        return Node(of.pk, of.zone, f"body_id = {of.pk:d}", ever)
    return Node(of.pk, of.zone, "agency_id = ANY(%s)", ever, (list(subtree_ids(of.path)),), yearly=False)


def _region_node(region: Region) -> Node:
    number = regions_above(region.code)[-1]
    here = "(region = %s OR region LIKE %s)"
    wide = region.code.count(".") < 2
    return Node(
        number,
        region.zone,
        here,
        f"ever @> ARRAY[{number:d}]",
        (region.code, f"{region.code}.%"),
        tallied=wide,
        region=region.code,
    )


def days_of(period: Period, zone: str) -> tuple[datetime, datetime]:
    """From when to when (not included) the days of a period last in a zone."""
    place = ZoneInfo(zone)
    return (
        datetime.combine(period.first, time.min, place),
        datetime.combine(period.last + timedelta(days=1), time.min, place),
    )


def received_in(period: Period, zone: str) -> list[Any]:
    """The parameters of `RECEIVED`: the slots make it an index, the moments exact."""
    slots = slots_between(period.first, period.last, zone)
    return [slots.start, slots.stop - 1, *days_of(period, zone)]


def entries_here(node: Node, period: Period, *, guarded: bool = True, most: int | None = None) -> list[Entry] | None:
    """The entries that stand in a node now, received in a period; None where there are more than `most`."""
    where = node.here if guarded else f"{node.here} AND NOT guarded"
    return _received(where, node.values, period, node.zone, most)


def entries_ever(node: Node, period: Period) -> list[Entry]:
    """At least the entries that ever stood in a node, received in a period."""
    return _received(node.ever, (), period, node.zone, None) or []


def _received(where: str, values: Sequence[Any], period: Period, zone: str, most: int | None) -> list[Entry] | None:
    query = f"{_SELECT} WHERE {where} AND {RECEIVED}"
    parameters: list[Any] = [*values, *received_in(period, zone)]
    if most is not None:
        query, parameters = f"{query} LIMIT %s", [*parameters, most + 1]
    entries = _entries(query, parameters)
    return None if most is not None and len(entries) > most else entries


def entries_of(case_ids: Sequence[int]) -> dict[int, Entry]:
    """The entries of cases, as far as they are counted yet."""
    if not case_ids:
        return {}
    found = _entries(f"{_SELECT} WHERE case_id = ANY(%s)", [list(case_ids)])
    return {entry.case_id: entry for entry in found}


def entries_received(slots: range) -> Iterator[Entry]:
    """All entries of a run of slots."""
    yield from _entries(f"{_SELECT} WHERE slot BETWEEN %s AND %s", [slots.start, slots.stop - 1])


def moved_since(node: Node, period: Period, at: datetime) -> list[int]:
    """The cases of a period, at least those that ever stood in the node, that contribute something else `at` a moment
    than what is kept: an event or the end of a limit came later, or a limit ends by then."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT case_id FROM evaluation_tallyentry WHERE {node.ever} AND {RECEIVED} "  # noqa: S608
            "AND (changed_at > %s OR next_at < %s)",
            [*received_in(period, node.zone), at, at],
        )
        return [row[0] for row in cursor.fetchall()]


def _entries(query: str, parameters: Sequence[Any]) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [_entry(row) for row in cursor.fetchall()]


def _entry(row: Sequence[Any]) -> Entry:
    columns = list(row)
    columns[_HELD] = [(nodes, duration) for nodes, duration in orjson.loads(columns[_HELD])]
    for number in _TIMES:
        if columns[number] is not None:
            columns[number] = datetime.fromisoformat(columns[number])
    return Entry(*columns)
