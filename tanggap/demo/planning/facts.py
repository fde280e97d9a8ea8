"""What a plan is made from: places with their offices, calendars and topics. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tanggap.directory.calendar import WorkingCalendar

PROVINCE, REGENCY, CITY, NATIONAL = "province", "regency", "city", "national"
ROOT = "ID"


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan: what a case's region usually is."""

    code: str
    name: str


@dataclass(frozen=True)
class Place:
    """A government with its units, or a national body without any."""

    code: str
    name: str
    kind: str
    calendar: WorkingCalendar
    population: int = 0
    latitude: float | None = None
    longitude: float | None = None
    districts: tuple[District, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    """Slug → the name of the office."""

    @property
    def province(self) -> str:
        """The code of its province; empty for a national body."""
        return "" if self.kind == NATIONAL else self.code[:2]


@dataclass(frozen=True)
class Limits:
    """Working days of the clocks that time itself acts on."""

    window: int = 10
    completion: int = 10


@dataclass(frozen=True)
class Facts:
    """The country as the plan sees it. `home` is the government at which the demo people are posted, `home_unit` the
    slug of the unit whose officer is one of them."""

    places: tuple[Place, ...]
    nationals: Mapping[str, Place]
    categories: frozenset[str]
    home: str
    root: Place
    limits: Limits = Limits()
    home_unit: str = "dpupr"

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of provinces with at least one place, in order."""
        return tuple(sorted({place.province for place in self.places}))
