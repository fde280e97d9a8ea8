"""The counts of one node over a period: the few that every page asks for, and the many by dimension. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

import orjson

from tanggap.evaluation.tallies.entry import HELD, MEASURES

DIMENSIONS: Final = frozenset({"category", "district", "regency", HELD, *MEASURES.values()})
"""Of which there are hundreds or thousands of keys: topics, places, buckets of histograms."""


class Sheet(NamedTuple):
    """`few` by key, such as `n` or `state:closed`; `many` by dimension and what follows the colon of its keys.

    A sheet of a year has ten thousand of the many: they are read, written and handed on a dimension at a time.
    """

    few: dict[str, int]
    many: dict[str, dict[str, int]]


@cache
def _place_of(key: str) -> tuple[str, str]:
    """The dimension and the rest of a key of the many; "" and the key itself for one of the few."""
    name, colon, rest = key.partition(":")
    return (name, rest) if colon and name in DIMENSIONS else ("", key)


def add_counts(sheet: Sheet, counts: Mapping[str, int]) -> None:
    """Add what entries contribute; what comes to nothing is left out."""
    for key, number in counts.items():
        dimension, rest = _place_of(key)
        part = sheet.many.setdefault(dimension, {}) if dimension else sheet.few
        total = part.get(rest, 0) + number
        if total:
            part[rest] = total
        else:
            part.pop(rest, None)
            if dimension and not part:
                del sheet.many[dimension]


def sheet_from(*counts: Mapping[str, int]) -> Sheet:
    """The sum of what entries contribute."""
    sheet = Sheet({}, {})
    for part in counts:
        add_counts(sheet, part)
    return sheet


def sheet_of(counts: Mapping[str, int]) -> Sheet:
    """The sheet of counts, none of which is nothing."""
    sheet = Sheet({}, {})
    for key, number in counts.items():
        dimension, rest = _place_of(key)
        if not dimension:
            sheet.few[key] = number
        elif dimension in sheet.many:
            sheet.many[dimension][rest] = number
        else:
            sheet.many[dimension] = {rest: number}
    return sheet


def sum_of(sheets: Iterable[Sheet]) -> Sheet:
    """The sum of sheets, of which none is changed; counts are never below nothing."""
    found = sorted(sheets, key=lambda sheet: sum(map(len, sheet.many.values())), reverse=True)
    if not found:
        return Sheet({}, {})
    # The largest is most of it: of a year's three slots two last an hour (see slots.py).
    total = Sheet(dict(found[0].few), {name: dict(part) for name, part in found[0].many.items()})
    for sheet in found[1:]:
        _add(total.few, sheet.few)
        for name, part in sheet.many.items():
            _add(total.many.setdefault(name, {}), part)
    return total


def _add(total: dict[str, int], part: Mapping[str, int]) -> None:
    get = total.get
    for key, number in part.items():
        total[key] = get(key, 0) + number


def written(sheet: Sheet) -> tuple[str, str]:
    """The two parts as JSON, keys in order."""
    return orjson.dumps(sheet.few).decode(), orjson.dumps(sheet.many, option=orjson.OPT_SORT_KEYS).decode()


def read_sheet(few: str, many: str) -> Sheet:
    """The sheet of two such texts."""
    return Sheet(orjson.loads(few), orjson.loads(many))
