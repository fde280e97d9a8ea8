"""The day a text speaks of, in Indonesian and English words: "kemarin sore", "3 hari lalu", "12/11", "last Monday"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from tanggap.channels.conversation.vocabulary import plain

LONGEST_READ: Final = 2000
_NUMBERS = {
    "se": 1, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agu ags agt august aug", "september sep sept", "oktober okt "
            "october oct", "november nov nopember", "desember des december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("senin monday", "selasa tuesday", "rabu rebo wednesday", "kamis thursday", "jumat jum'at friday", "sabtu "
         "saturday", "minggu ahad sunday")
    )
    for name in names.split()
}  # fmt: skip
_DAYS_OF = {
    "hari": 1, "hr": 1, "malam": 1, "mlm": 1, "day": 1, "days": 1, "night": 1, "nights": 1,
    "minggu": 7, "mgg": 7, "pekan": 7, "week": 7, "weeks": 7,
    "bulan": 30, "bln": 30, "month": 30, "months": 30, "tahun": 365, "thn": 365, "th": 365, "year": 365, "years": 365,
}  # fmt: skip
_COUNT = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = rf"({'|'.join(sorted(_DAYS_OF, key=len, reverse=True))})"
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_DAY = rf"({'|'.join(_WEEKDAYS)})"

_TODAY = (
    r"hari ini|tadi(?: (?:pagi|siang|sore|subuh))?|barusan|baru saja|baru aja|sekarang|saat ini|pagi ini|siang ini|"
    r"sore ini|malam ini|today|just now|this (?:morning|afternoon|evening)|tonight|right now"
)
_TWO_DAYS = r"kemarin lusa|kemaren lusa|kmrn lusa|day before yesterday"
_YESTERDAY = r"kemarin|kemaren|kmrn|kmaren|kmarin|semalam|tadi malam|td malam|yesterday|last night"
_LONG = re.compile(
    r"\b(?:setiap hari|tiap hari|setiap malam|tiap malam|setiap pagi|tiap pagi|sudah lama|udah lama|sdh lama|"
    r"lama sekali|berhari hari|berminggu minggu|berbulan bulan|bertahun tahun|selama ini|every (?:day|night|"
    r"morning|week)|for (?:weeks|months|years|days|a long time))\b"
)

Reading = Callable[[re.Match[str], date], date | None]


def _shift(days: int) -> Reading:
    return lambda _found, today: today - timedelta(days=days)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _ago(found: re.Match[str], today: date) -> date | None:
    return today - timedelta(days=_number(found[1]) * _DAYS_OF[found[2]])


def _last_unit(found: re.Match[str], today: date) -> date | None:
    return today - timedelta(days=_DAYS_OF[found[1]])


def _weekday(found: re.Match[str], today: date) -> date | None:
    back = (today.weekday() - _WEEKDAYS[found[1]]) % 7
    return today - timedelta(days=back or 7)


def _numeric(found: re.Match[str], today: date) -> date | None:
    return _dated(int(found[1]), int(found[2]), found[3], today)


def _iso(found: re.Match[str], today: date) -> date | None:
    return _dated(int(found[3]), int(found[2]), found[1], today)


def _named(found: re.Match[str], today: date) -> date | None:
    return _dated(int(found[1]), _MONTHS[found[2]], found[3], today)


def _named_first(found: re.Match[str], today: date) -> date | None:
    return _dated(int(found[2]), _MONTHS[found[1]], found[3], today)


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    """Without a year the latest such day that has been."""
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
        return this if this <= today else date(today.year - 1, month, day)
    except ValueError:
        return None


# In this order: "kemarin lusa" before "kemarin", a date before its weekday.
_SINCE = r"(?:sejak|dari|selama|sudah|udah|sdh|for|since|past)(?: the)?(?: past| last)?"
_OF_DAY = r"(?:lalu|kemarin|kemaren|pagi|siang|sore|malam|ini)"
_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (re.compile(r"\b(\d{4}) (\d{1,2}) (\d{1,2})\b"), _iso),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?: (\d{{4}}))?\b"), _named),
    (re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?: (\d{{4}}))?\b"), _named_first),
    (re.compile(rf"\b(?:{_TWO_DAYS})\b"), _shift(2)),
    (re.compile(rf"\b{_COUNT} ?{_UNIT}(?: yang)? (?:lalu|yg lalu|kemarin|kemaren|silam|ago)\b"), _ago),
    (re.compile(rf"\b{_SINCE} {_COUNT} ?{_UNIT}\b"), _ago),
    (re.compile(rf"\b{_UNIT}(?: yang)? (?:lalu|kemarin|silam)\b"), _last_unit),
    (re.compile(r"\blast (week|month|year)\b"), _last_unit),
    (re.compile(rf"\b(?:hari |on |last |sejak |since )?{_DAY}(?: {_OF_DAY})?\b"), _weekday),
    (re.compile(rf"\b(?:{_YESTERDAY})\b"), _shift(1)),
    (re.compile(rf"\b(?:{_TODAY})\b"), _shift(0)),
)
_TYPED = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?![\d/-])")
# In the middle of a report a bare "minggu" is a week and "11/12" may be a house number.
_SURE = frozenset({_weekday})


def day_in(text: str, today: date, *, answering: bool) -> date | None:
    """The day that is meant, also one to come; `answering` the question when, so that less has to be said."""
    said = plain(text[:LONGEST_READ])
    typed = _TYPED.search(text[:LONGEST_READ])
    if typed and (answering or typed[3]) and (day := _numeric(typed, today)):
        return day
    return next(_days(said, today, answering), None)


def _days(said: str, today: date, answering: bool) -> Iterator[date]:
    for pattern, reading in _READINGS:
        found = pattern.search(said)
        if found is None or (reading in _SURE and not answering and not _is_certain(found[0])):
            continue
        day = reading(found, today)
        if day is not None:
            yield day


def _is_certain(weekday: str) -> bool:
    return len(weekday.split()) > 1


def speaks_of_long(text: str) -> bool:
    """Whether it says that this has no single day: every night, for months."""
    return _LONG.search(plain(text[:LONGEST_READ])) is not None
