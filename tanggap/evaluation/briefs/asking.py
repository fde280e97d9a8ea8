"""Three questions worth asking, each from a figure and the cases behind it. Pure.

The rules stand in the order of how much a leader can move by asking. Of one rule only its strongest case is asked, so
that three questions are about three things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tanggap.evaluation.briefs.baseline import Verdict
from tanggap.evaluation.briefs.content import Brief, Question

MOST: Final = 3
FEW_CLOSED: Final = 4
"""Below this a share of the closed says nothing."""
SILENT_SHARE: Final = 0.5
RETURNED_LEAST: Final = 3
ALL_RECEIVED, ALL_LATE, CLOSED, RETURNED = "masuk", "terlambat", "selesai", "kembali"


def questions(brief: Brief) -> tuple[Question, ...]:
    """At most three."""
    found = [question for rule in RULES if (question := next(rule(brief), None)) is not None]
    return tuple(found[:MOST])


def _rising(brief: Brief) -> Iterator[Question]:
    for one in brief.rising:
        place, here = brief.places.get(one.key, ("", 0))
        values = {"topic": one.name, "n": one.now, "low": one.usual.low, "high": one.usual.high}
        yield Question("rising", f"topik:{one.key}", {**values, "place": place, "here": here})


def _late(brief: Brief) -> Iterator[Question]:
    for unit in sorted(brief.units, key=lambda one: (-(one.days or 0), -one.n, one.name)):
        rule = "late" if unit.since is not None else "late_many"
        since = unit.since.isoformat() if unit.since else ""
        yield Question(rule, unit.line, {"unit": unit.name, "n": unit.n, "days": unit.days or 0, "since": since})


def _cluster(brief: Brief) -> Iterator[Question]:
    asked = {one.key for one in brief.rising[:1]}
    for one in brief.clusters:
        if one.category not in asked:
            yield Question("cluster", one.line, {"topic": one.topic, "place": one.place, "n": one.cases})


def _quiet(brief: Brief) -> Iterator[Question]:
    if brief.received.verdict is Verdict.LOW:
        known = brief.received.usual
        yield Question("quiet", ALL_RECEIVED, {"n": brief.received.now, "low": known.low, "high": known.high})


def _silent(brief: Brief) -> Iterator[Question]:
    ends = brief.endings
    if ends.closed >= FEW_CLOSED and ends.silent > SILENT_SHARE * ends.closed:
        yield Question("silent", CLOSED, {"n": ends.silent, "of": ends.closed})


def _returned(brief: Brief) -> Iterator[Question]:
    if brief.endings.returned >= RETURNED_LEAST:
        yield Question("returned", RETURNED, {"n": brief.endings.returned, "of": brief.received.now})


def _largest(brief: Brief) -> Iterator[Question]:
    asked = {one.key for one in brief.rising} | {one.category for one in brief.clusters}
    for one in brief.topics:
        if one.name and one.key not in asked and one.now > 1:
            yield Question("largest", f"topik:{one.key}", {"topic": one.name, "n": one.now, "of": brief.received.now})


def _silence(brief: Brief) -> Iterator[Question]:
    if not brief.received.now and brief.over:
        yield Question("nothing", ALL_RECEIVED, {"n": 0})


RULES: Final[tuple[Callable[[Brief], Iterator[Question]], ...]] = (
    _rising, _late, _quiet, _cluster, _silent, _returned, _largest, _silence,
)  # fmt: skip
