"""Whether a period is still what its manifest says: its contents, its ranking, and every event behind it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.db import connection

from tanggap.cases.audit import SAYS, Difference, named
from tanggap.common.crypto import verify_signature
from tanggap.evaluation.freezing import lines_json, part_of
from tanggap.evaluation.groups import Group
from tanggap.evaluation.models import PeriodContent, RankedPeriod
from tanggap.evaluation.ranking.manifest import digest, read_bodies, read_json, read_scorecard
from tanggap.ledger.chain import GENESIS, Link, check_link, merkle_root
from tanggap.ledger.heads import Heads, leaves, read
from tanggap.ledger.selectors import events_of

Part = PeriodContent.Part
STREAMS_AT_ONCE = 1000
UNSIGNED = "manifes tidak bertanda tangan instansi ini"
_EVENTS = """
    SELECT stream, seq, name, at, actor, data, imported, prev_hash, hash FROM ledger_event
    WHERE stream = ANY(%s) ORDER BY stream, seq
"""
Row = tuple[Any, ...]


def differences(
    period: RankedPeriod, *, progress: Callable[[str], object] = lambda _line: None
) -> Iterator[Difference]:
    """Everything that differs: cases by tracking id and aliases, the period's own parts by `period:<name>`."""
    found = list(own_differences(period))
    yield from found
    if period.manifest and UNSIGNED not in [one.what for one in found]:
        yield from _ledger(period, read_json(period.manifest.encode())["ledger"], progress)


def own_differences(period: RankedPeriod) -> Iterator[Difference]:
    """What differs in the period itself, without reading the events behind it."""
    if not period.manifest:
        return
    if not verify_signature(period.manifest.encode(), bytes(period.signature or b"")):
        yield _of(period, UNSIGNED)
        return
    if not _is_told(period):
        yield _of(period, "manifes berbeda dari catatan kejadian")
    manifest = read_json(period.manifest.encode())
    if (manifest["period"], manifest["from"], manifest["to"]) != _named(period):
        yield _of(period, "nama atau tanggal berbeda dari manifes")
    contents = {part: part_of(period, part) for part in manifest["parts"]}
    wrong = [part for part, expected in manifest["parts"].items() if digest(contents[part]) != expected]
    for part in wrong:
        yield _of(period, f"isi berbeda dari manifes: {part}")
    if not wrong and not _follows(contents):
        yield _of(period, "peringkat tidak mengikuti ukuran dan kartu nilai")


def _of(period: RankedPeriod, what: str) -> Difference:
    return Difference(f"period:{period.name}", (), what)


def _is_told(period: RankedPeriod) -> bool:
    """Whether the manifest is the one the ledger tells of, which the daily seals cover."""
    told = events_of(period.stream).filter(name="period.computed").last()
    return told is not None and told.data.get("manifest") == period.manifest


def all_differences(*, progress: Callable[[str], object] = lambda _line: None) -> Iterator[Difference]:
    """The same of every period that is published or frozen."""
    states = (RankedPeriod.State.PUBLISHED, RankedPeriod.State.FROZEN)
    for period in RankedPeriod.objects.filter(state__in=states).order_by("pk"):
        progress(f"memeriksa masa penilaian {period.name}")
        yield from differences(period, progress=progress)


def _named(period: RankedPeriod) -> tuple[str, str, str]:
    return period.name, period.first.isoformat(), period.last.isoformat()


def _follows(contents: Mapping[str, bytes]) -> bool:
    """Whether the frozen rankings are what the frozen scorecard makes of the frozen measures."""
    scorecard = read_scorecard(read_json(contents[Part.SCORECARD]))
    bodies, rankings = (read_json(contents[part]) for part in (Part.BODIES, Part.RANKING))
    return all(
        lines_json(scorecard, read_bodies(bodies, [line["agency"] for line in rankings[group.value]]))
        == rankings[group.value]
        for group in Group
    )


def _ledger(period: RankedPeriod, sealed: Mapping[str, Any], progress: Callable[[str], object]) -> Iterator[Difference]:
    roots, streams = [], 0
    for piece in period.heads.order_by("number").values_list("heads", flat=True).iterator(chunk_size=5):
        heads = _opened(bytes(piece))
        roots.append(merkle_root(leaves(heads)))
        streams += len(heads)
        names = sorted(heads)
        for start in range(0, len(names), STREAMS_AT_ONCE):
            yield from _streams({name: heads[name] for name in names[start : start + STREAMS_AT_ONCE]})
        progress(f"{streams} laporan diperiksa")
    if (merkle_root(roots).hex(), streams) != (sealed["root"], sealed["streams"]):
        yield _of(period, "segel atas laporan berbeda dari manifes")


def _opened(piece: bytes) -> Heads:
    try:
        return read(zlib.decompress(piece))
    except (zlib.error, ValueError):
        return {}


def _streams(heads: Heads) -> Iterator[Difference]:
    """The cases whose events up to the head are not those that were sealed."""
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [list(heads)])
        rows = cursor.fetchall()
    told = {stream: list(events) for stream, events in groupby(rows, key=lambda row: row[0])}
    for stream, head in heads.items():
        problem = _problem(told.get(stream, []), head)
        if problem:
            yield Difference(*named(stream), problem)


def _problem(events: list[Row], head: tuple[int, bytes]) -> str:
    """What is wrong with the events up to the sealed one; later ones are none of the period's business."""
    previous = (0, GENESIS)
    for stream, seq, name, at, actor, data, imported, prev_hash, own in events:
        if seq > head[0]:
            break
        link = Link(stream, seq, name, at, actor, json.loads(data), imported)
        finding = check_link(previous, link, bytes(prev_hash), bytes(own))
        if finding is not None:
            where = f" (nomor {finding.seq})" if finding.seq is not None else ""
            return f"{SAYS.get(finding.problem, finding.problem)}{where}"
        previous = seq, bytes(own)
    return "" if previous == head else f"berbeda dari segel masa penilaian (nomor {head[0]})"
