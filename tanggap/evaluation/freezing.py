"""What a period is made of, gathered at one moment, and the heads of the ledger that vouch for it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import override

from tanggap.evaluation.comparing import measured, scorecard_on
from tanggap.evaluation.definitions import DEFINITIONS
from tanggap.evaluation.groups import SEPARATE, Group
from tanggap.evaluation.models import PeriodContent, RankedPeriod
from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.manifest import bodies_json, scorecard_json
from tanggap.evaluation.ranking.order import ranking
from tanggap.evaluation.ranking.scorecard import Body, Scorecard
from tanggap.evaluation.selectors import group_cards
from tanggap.ledger.chain import canonical_json, merkle_root
from tanggap.ledger.heads import Heads, leaves, written

BATCH = 5000
# A day of the period begins first in the east and ends last in the west.
EAST, WEST = ZoneInfo("Asia/Jayapura"), ZoneInfo("Asia/Jakarta")
Part = PeriodContent.Part
DEFINED = ("key", "name", "formula", "start", "end", "calendar", "included", "excluded", "unit")
_HEADS = """
    SELECT c.id, h.stream, h.seq, h.hash FROM cases_case c
    CROSS JOIN LATERAL (
        SELECT e.stream, e.seq, e.hash FROM ledger_event e
        WHERE e.stream = 'case:' || c.id ORDER BY e.seq DESC LIMIT 1
    ) h
    WHERE c.received_at >= %s AND c.received_at < %s AND c.id > %s ORDER BY c.id LIMIT %s
"""


@dataclass(frozen=True)
class Gathered:
    """The parts as canonical JSON, and the heads in pieces of constant size."""

    parts: dict[str, bytes]
    pieces: tuple[bytes, ...]
    streams: int
    root: bytes


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is read as of one moment, so that figures and heads speak of the same events."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def gather(period: Period, *, progress: Callable[[str], object]) -> Gathered:
    """Figures, scorecard, measures and rankings of every group, with the heads of the period's cases."""
    with one_moment():
        parts = _parts(period, progress)
        pieces, roots, streams = [], [], 0
        for heads in heads_of(period):
            pieces.append(zlib.compress(written(heads)))
            roots.append(merkle_root(leaves(heads)))
            streams += len(heads)
            progress(f"{streams} laporan disegel")
    return Gathered(parts, tuple(pieces), streams, merkle_root(roots))


def _parts(period: Period, progress: Callable[[str], object]) -> dict[str, bytes]:
    scorecard = scorecard_on(period.last)
    figures: dict[str, Any] = {}
    found: dict[Group, tuple[Body, ...]] = {}
    for group in SEPARATE:
        cards = group_cards(group, period)
        figures |= {card.agency or "": _published(card.as_json()) for card in cards}
        found[group] = measured(scorecard, cards, period)
        progress(f"{group.value}: {len(cards)} instansi")
    found[Group.REGENCY_AND_CITY] = (*found[Group.REGENCY], *found[Group.CITY])
    contents = {
        Part.FIGURES: figures,
        Part.SCORECARD: scorecard_json(scorecard),
        Part.BODIES: bodies_json(body for group in SEPARATE for body in found[group]),
        Part.RANKING: {group.value: lines_json(scorecard, found[group]) for group in Group},
        Part.DEFINITIONS: _definitions(),
    }
    return {part.value: canonical_json(content) for part, content in contents.items()}


def _definitions() -> list[dict[str, str]]:
    """What every figure means as of now, in the language of the law."""
    with override("id"):
        return [{name: str(getattr(one, name)) for name in DEFINED} for one in DEFINITIONS]


def lines_json(scorecard: Scorecard, bodies: Collection[Body]) -> list[dict[str, Any]]:
    """The ranking of some bodies in its published form."""
    return [line.as_json() for line in ranking(scorecard, bodies)]


def _published(card: dict[str, Any]) -> dict[str, Any]:
    """A card without the second at which it was read: the period has one moment."""
    return {name: value for name, value in card.items() if name != "as_of"}


def heads_of(period: Period) -> Iterator[Heads]:
    """The last events of the cases received in the period, in whatever zone, in pieces by number of the case."""
    start = datetime.combine(period.first, time.min, EAST)
    end = datetime.combine(period.last + timedelta(days=1), time.min, WEST)
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_HEADS, [start, end, last, BATCH])
            rows = cursor.fetchall()
        if rows:
            last = rows[-1][0]
            yield {stream: (seq, bytes(own)) for _pk, stream, seq, own in rows}
        if len(rows) < BATCH:
            return


def part_of(period: RankedPeriod, part: str) -> bytes:
    """One part as it was written; empty where it was taken away or damaged."""
    row = period.contents.filter(part=part).values_list("content", flat=True).first()
    try:
        return zlib.decompress(bytes(row)) if row is not None else b""
    except zlib.error:
        return b""
