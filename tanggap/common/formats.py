"""Dates, numbers and sizes as Indonesians and English readers write them. Pure: no Django, no locale of the machine."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_DAYS = {
    "id": ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
SHORT_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
ZONE_OF_NAME = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}
MINUS = "\u2212"


def zone(tz: tzinfo | str) -> tzinfo:
    """A time zone from itself, its IANA name, or WIB, WITA, WIT."""
    if isinstance(tz, str):
        return ZONE_OF_NAME.get(tz) or ZoneInfo(tz)
    return tz


def zone_name(tz: tzinfo | str) -> str:
    """WIB, WITA or WIT; another offset as "UTC+10" (Indonesia has no summer time, so any day will do)."""
    offset = datetime(2026, 1, 1, tzinfo=zone(tz)).utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset is not None else 0
    return ZONES.get(hours, f"UTC{hours:+d}")


def _lang(lang: str) -> str:
    return "en" if lang.startswith("en") else "id"


def long_date(day: date, lang: str = "id") -> str:
    """Rabu, 25 November 2026 · Wednesday, 25 November 2026."""
    code = _lang(lang)
    return f"{DAYS[code][day.weekday()]}, {day.day} {MONTHS[code][day.month - 1]} {day.year}"


def plain_date(day: date, lang: str = "id", *, year: bool = True) -> str:
    """25 November 2026, or without the year: 25 November."""
    words = f"{day.day} {MONTHS[_lang(lang)][day.month - 1]}"
    return f"{words} {day.year}" if year else words


def short_date(day: date, lang: str = "id") -> str:
    """Rab 25 Nov · Wed 25 Nov: for rows and marks, always beside a full date."""
    code = _lang(lang)
    return f"{SHORT_DAYS[code][day.weekday()]} {day.day} {SHORT_MONTHS[code][day.month - 1]}"


def clock_time(moment: datetime | time, lang: str = "id") -> str:
    """14.05 · 14:05."""
    return f"{moment.hour:02d}{':' if _lang(lang) == 'en' else '.'}{moment.minute:02d}"


def long_datetime(moment: datetime, tz: tzinfo | str, lang: str = "id") -> str:
    """Rabu, 25 November 2026 pukul 14.05 WIB · Wednesday, 25 November 2026, 14:05 WIB."""
    local = moment.astimezone(zone(tz))
    link = ", " if _lang(lang) == "en" else " pukul "
    return f"{long_date(local.date(), lang)}{link}{clock_time(local, lang)} {zone_name(tz)}"


def short_datetime(moment: datetime, tz: tzinfo | str, lang: str = "id") -> str:
    """Rab 25 Nov 2026, 14.05: for one-line events."""
    local = moment.astimezone(zone(tz))
    return f"{short_date(local.date(), lang)} {local.year}, {clock_time(local, lang)}"


def _decimal(value: Decimal | Fraction | float | str) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / value.denominator
    return Decimal(str(value))


def number(value: Decimal | Fraction | float | str, lang: str = "id", *, digits: int | None = None) -> str:
    """1234.5 → "1.234,5" (English "1,234.5"); `digits` fixes the decimals, otherwise as given."""
    amount = _decimal(value)
    if digits is not None:
        amount = amount.quantize(Decimal(1).scaleb(-digits))
    text = f"{abs(amount):,f}"
    if _lang(lang) == "id":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if amount < 0 else text


def percent(share: Decimal | Fraction | float, lang: str = "id", *, digits: int = 1) -> str:
    """A share from 0 to 1 as "64,9%" (English "64.9%")."""
    return number(_decimal(share) * 100, lang, digits=digits) + "%"


def size(octets: int, lang: str = "id") -> str:
    """148 kB, 2,4 MB (decimal units, as phones show them)."""
    if octets < 1000:
        return f"{octets} B"
    if octets < 1_000_000:
        return f"{round(octets / 1000)} kB"
    return f"{number(octets / 1_000_000, lang, digits=1)} MB"
