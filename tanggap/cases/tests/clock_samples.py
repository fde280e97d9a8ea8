"""Calendars, limits and pauses for the tests of the clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tanggap.cases.clocks import Limit, Pause
from tanggap.directory.calendar import WorkingCalendar

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
ZONES = (WIB, WITA, WIT)

# The end of 2026 as decreed: two days around Christmas, New Year's Day, Isra Mikraj on a Tuesday.
YEAR_END = {
    date(2026, 12, 24): "Cuti Bersama Hari Raya Natal",
    date(2026, 12, 25): "Hari Raya Natal",
    date(2027, 1, 1): "Tahun Baru Masehi",
    date(2027, 1, 5): "Isra Mikraj Nabi Muhammad",
}
# Nyepi and Lebaran 2026: Wednesday 18 to Tuesday 24 March without one working day.
LEBARAN = {
    date(2026, 3, 18): "Cuti Bersama Hari Suci Nyepi",
    date(2026, 3, 19): "Hari Suci Nyepi",
    date(2026, 3, 20): "Cuti Bersama Hari Raya Idul Fitri",
    date(2026, 3, 21): "Hari Raya Idul Fitri",
    date(2026, 3, 22): "Hari kedua dari Hari Raya Idul Fitri",
    date(2026, 3, 23): "Cuti Bersama Hari Raya Idul Fitri",
    date(2026, 3, 24): "Cuti Bersama Hari Raya Idul Fitri",
}
JAKARTA = WorkingCalendar(WIB, days_off={**YEAR_END, **LEBARAN})
SIX_DAYS = WorkingCalendar(WIB, week=frozenset(range(6)), days_off=YEAR_END)


def at(text: str, zone: ZoneInfo = WIB) -> datetime:
    """ "2026-12-21 09:00" in the zone."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def day(text: str) -> date:
    return date.fromisoformat(text)


def asked(start: str, end: str | None = None) -> Pause:
    """The reporter was asked at `start` and replied at `end`."""
    return Pause(at(start), at(end) if end else None)


EARLIEST = datetime(2025, 11, 1, tzinfo=UTC)
DATES = st.dates(date(2025, 10, 1), date(2027, 3, 31))
LIMITS = st.builds(Limit, st.integers(1, 70), st.sampled_from(["working_days", "calendar_days"]))
LIMITS_OF_ANY_UNIT = st.builds(Limit, st.integers(1, 70), st.sampled_from(["working_days", "calendar_days", "hours"]))


@st.composite
def calendars(draw):
    return WorkingCalendar(
        zone=draw(st.sampled_from(ZONES)),
        week=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
        days_off={d: "libur" for d in draw(st.sets(DATES, max_size=25))},
        extra_days=frozenset(draw(st.sets(DATES, max_size=5))),
    )


def moments(days: int = 300) -> st.SearchStrategy[datetime]:
    """Moments over some days, to the second, with midnights of every zone among them."""
    anywhere = st.integers(0, days * 86_400).map(lambda s: EARLIEST + timedelta(seconds=s))
    midnights = st.builds(
        lambda n, zone, s: datetime(2025, 11, 2, tzinfo=zone) + timedelta(days=n, seconds=s),
        st.integers(0, days - 2), st.sampled_from(ZONES), st.sampled_from([-1, 0, 1]),
    )  # fmt: skip
    return st.one_of(anywhere, midnights)


@st.composite
def pauses(draw, at_most: int = 3):
    made = []
    for _ in range(draw(st.integers(0, at_most))):
        start = draw(moments(340))
        made.append(Pause(start, start + timedelta(seconds=draw(st.integers(0, 20 * 86_400)))))
    return made
