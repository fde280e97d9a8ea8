"""A small invented country for the pure tests: 38 provinces, each with a regency and a city."""

from datetime import date
from zoneinfo import ZoneInfo

from tanggap.demo.planning.facts import CITY, NATIONAL, PROVINCE, REGENCY, District, Facts, Place
from tanggap.demo.planning.matters import bank
from tanggap.directory.calendar import WorkingCalendar

WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
CODES = (
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96"
).split()
DAYS_OFF = {date(2026, 8, 17): "Kemerdekaan", date(2025, 12, 25): "Natal", date(2026, 1, 1): "Tahun Baru"}
UNITS = {
    unit: f"Dinas {unit}"
    for matter in bank().matters
    for unit in (matter.unit, matter.about_unit)
    if unit not in ("", "kecamatan")
}


def _zone(code: str) -> ZoneInfo:
    return WIT if code > "8" else WITA if code > "5" and code not in ("61", "62") else WIB


def country() -> Facts:
    places = []
    for code in CODES:
        calendar = WorkingCalendar(_zone(code), days_off=DAYS_OFF)
        here = tuple(District(f"{code}.01.{n:02}", f"Kecamatan {code}-{n}") for n in range(1, 5))
        for suffix, kind, people in (("", PROVINCE, 4_000_000), (".01", REGENCY, 500_000), (".71", CITY, 800_000)):
            places.append(Place(code + suffix, f"{kind} {code}", kind, calendar, people, -6.5, 110.5, here, UNITS))
    national = WorkingCalendar(WIB, days_off=DAYS_OFF)
    nationals = {m.national: Place(m.national, m.national, NATIONAL, national) for m in bank().matters if m.national}
    categories = frozenset(code for matter in bank().matters for code in matter.categories)
    return Facts(tuple(places), nationals, categories, "33.01", Place("ID", "Nasional", NATIONAL, national))
