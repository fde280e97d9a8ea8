"""How often what: places by their people, channels, topics by season, how quick an agency is. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import TypeVar

from tanggap.cases.workflow import Channel
from tanggap.demo.planning.course import Tempo
from tanggap.demo.planning.facts import CITY, NATIONAL, PROVINCE, Facts, Place
from tanggap.demo.planning.matters import Bank, Matter
from tanggap.demo.planning.rhythm import season, seeded

T = TypeVar("T")
KECAMATAN = "kecamatan"
CAPITAL_WITHOUT_REGENCIES = "31"
"""Jakarta: one government; its cities are parts of it."""
HOME_SHARE, HOME_SHARE_NOW = 0.075, 0.2
LATELY = timedelta(days=24)

CHANNELS: Mapping[Channel, float] = {
    Channel.WEB: 30, Channel.APP: 18, Channel.WHATSAPP: 18, Channel.SMS: 9, Channel.TELEGRAM: 3.5, Channel.EMAIL: 4,
    Channel.X: 3, Channel.FACEBOOK: 2.6, Channel.INSTAGRAM: 2.2, Channel.COUNTER: 3, Channel.LETTER: 1.2,
    Channel.PHONE: 2.2, Channel.VAN: 0.8, Channel.RADIO: 0.7, Channel.API: 1.2, Channel.OPEN311: 0.6,
}  # fmt: skip


def weighted(rng: Random, options: Sequence[T], weights: Sequence[float]) -> T:
    """One of the options."""
    return rng.choices(options, weights)[0]


def channel(rng: Random) -> str:
    """How it came in."""
    return weighted(rng, [c.value for c in CHANNELS], list(CHANNELS.values()))


@dataclass(frozen=True)
class Chances:
    """The weights of one plan: the same for one seed."""

    facts: Facts
    bank: Bank
    seed: int

    @cached_property
    def by_code(self) -> Mapping[str, Place]:
        """The places by their codes."""
        return {place.code: place for place in self.facts.places}

    @cached_property
    def home(self) -> Place:
        """Where the demo people are posted."""
        return self.by_code[self.facts.home]

    @cached_property
    def _weights(self) -> list[float]:
        return [self._busy(place) for place in self.facts.places]

    def _busy(self, place: Place) -> float:
        """People count, cities write more, and some places simply have a livelier door."""
        liveliness = seeded(self.seed, "lively", place.code).lognormvariate(0, 0.9)
        kind = {PROVINCE: 0.12, CITY: 1.7}.get(place.kind, 1.0)
        if place.code[:2] == CAPITAL_WITHOUT_REGENCIES:
            kind = 1.4 if place.kind == PROVINCE else 0.05
        return float(max(place.population, 20_000) ** 0.8 * kind * liveliness)

    def place(self, rng: Random, received_on: date, day: date, province: str = "") -> Place:
        """Where it happened; in a province when one is asked for."""
        if province:
            pairs = [(p, w) for p, w in zip(self.facts.places, self._weights, strict=True) if p.province == province]
            return weighted(rng, [p for p, _w in pairs], [w for _p, w in pairs])
        share = HOME_SHARE_NOW if day - received_on < LATELY else HOME_SHARE
        if rng.random() < share:
            return self.home
        return weighted(rng, self.facts.places, self._weights)

    def fits(self, matter: Matter, place: Place) -> bool:
        """Whether the matter can come up there and somebody there can answer it."""
        if matter.national:
            return matter.national in self.facts.nationals
        if place.kind == PROVINCE and not matter.level and place.code != CAPITAL_WITHOUT_REGENCIES:
            return False
        if place.kind != PROVINCE and matter.level == PROVINCE:
            return False
        if KECAMATAN in (matter.unit, matter.about_unit) and place.kind == PROVINCE:
            return False
        return matter.unit == KECAMATAN or matter.unit in place.units

    def matter(
        self, rng: Random, place: Place, received_on: date, *, classification: str = "", unit: str = ""
    ) -> Matter:
        """What it is about: what the season brings, of a classification and for a unit when these are asked for."""
        fitting = [m for m in self.bank.matters if self.fits(m, place) and unit in ("", m.unit)]
        wanted = [m for m in fitting if m.classification == classification] if classification else fitting
        matters = wanted or fitting
        return weighted(rng, matters, [self._urge(m, received_on) for m in matters])

    def _urge(self, matter: Matter, received_on: date) -> float:
        rare = 0.28 if matter.about_unit else 1.0
        return matter.weight * season(matter.season, received_on.month) * rare

    def tempo(self, place: Place) -> Tempo:
        """Good, middling and bad agencies; a national body is middling."""
        quality = seeded(self.seed, "quality", place.code).betavariate(2.2, 1.7)
        if place.code == self.facts.home:
            quality = 0.62
        if place.kind == NATIONAL:
            quality = 0.3 + quality / 2
        slow = 1 - quality
        return Tempo(0.55 + 1.2 * slow, 1.3 + 2.7 * slow, 2.2 + 3.6 * slow, 0.004 + 0.05 * slow * slow)
