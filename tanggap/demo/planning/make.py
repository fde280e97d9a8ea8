"""The whole plan."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tanggap.demo.planning.cases import Family
from tanggap.demo.planning.chances import Chances
from tanggap.demo.planning.facts import Facts
from tanggap.demo.planning.matters import bank
from tanggap.demo.planning.rhythm import seeded
from tanggap.demo.planning.telling import tell_family
from tanggap.demo.planning.wishes import wishes

WIB = ZoneInfo("Asia/Jakarta")


def begins(day: date) -> datetime:
    """When the day begins: nothing in the plan is later."""
    return datetime.combine(day, time.min, WIB)


def make_plan(facts: Facts, *, seed: int, day: date, cases: int) -> tuple[Family, ...]:
    """About `cases` cases in families, in the order in which they came."""
    chances = Chances(facts, bank(), seed)
    rng = seeded(seed, day.isoformat())
    families = []
    for number, wish in enumerate(wishes(facts, chances.home, day=day, cases=cases, rng=rng)):
        family = tell_family(chances, wish, seeded(seed, day.isoformat(), number), begins(day))
        if family is not None:
            families.append(family)
    return tuple(families)
