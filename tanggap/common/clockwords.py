"""A clock in words and boxes. The facts come from whoever computed the clock; here they only become sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from tanggap.common import formats

DATED_UP_TO = 10
"""Above this many boxes the day numbers no longer fit a phone."""
MOST_REASONS = 4
"""Days off named one by one in a sentence."""
NAMES = {
    "verification": gettext_noop("Verifikasi"),
    "first_answer": gettext_noop("Tanggapan pertama"),
    "resolution": gettext_noop("Jawaban akhir"),
    "window": gettext_noop("Giliran Anda"),
    "completion": gettext_noop("Melengkapi laporan"),
    "statutory": gettext_noop("Batas undang-undang"),
}
COMMON_NOUNS = ("cuti bersama", "libur")
COUNTED = frozenset({"past", "today", "done", "late", "held", "future"})


class Box(Protocol):
    @property
    def date(self) -> date: ...
    @property
    def kind(self) -> str: ...


class ClockView(Protocol):
    """What a clock must tell (cases/clocks.py makes it)."""

    @property
    def name(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def day(self) -> int: ...
    @property
    def limit(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def started_on(self) -> date: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def stopped_at(self) -> datetime | None: ...
    @property
    def late_days(self) -> int: ...
    @property
    def box_days(self) -> int: ...
    @property
    def boxes(self) -> Sequence[Box]: ...
    @property
    def off_days(self) -> Sequence[tuple[date, str]]: ...
    @property
    def paused_days(self) -> int: ...
    @property
    def zone(self) -> tzinfo: ...


@dataclass(frozen=True)
class Mark:
    """One `<i>` of the bar; `kind` is its class, "" for a day still to come."""

    kind: str
    text: str = ""


@dataclass(frozen=True)
class Bar:
    """The drawn row of a clock; `look` is the class of `.days`."""

    marks: tuple[Mark, ...]
    look: str


def name_of(clock: ClockView, *, to_reporter: bool = True) -> str:
    """The clock's name; the reporter's own clocks speak to the reporter."""
    if clock.name == "window" and not to_reporter:
        return gettext("Giliran pelapor")
    return gettext(NAMES[clock.name]) if clock.name in NAMES else clock.name


def days(count: int, unit: str = "working_days") -> str:
    """2 hari kerja · 2 working days."""
    if unit == "calendar_days":
        return ngettext("%(n)s hari kalender", "%(n)s hari kalender", count) % {"n": count}
    if unit == "hours":
        return ngettext("%(n)s jam", "%(n)s jam", count) % {"n": count}
    return ngettext("%(n)s hari kerja", "%(n)s hari kerja", count) % {"n": count}


def headline(clock: ClockView, *, to_reporter: bool = True) -> str:
    """Tanggapan pertama: hari ke-5 dari 5 · Tanggapan pertama: terlambat 2 hari kerja."""
    late_unit = "calendar_days" if clock.unit == "hours" else clock.unit
    facts = {
        "name": name_of(clock, to_reporter=to_reporter),
        "day": clock.day,
        "limit": clock.limit,
        "whole": days(clock.limit, clock.unit),
        "late": days(clock.late_days, late_unit),
        "held": days(clock.paused_days, late_unit),
    }
    return _pattern(clock) % facts


def _pattern(clock: ClockView) -> str:
    """The sentence for the clock's status."""
    if clock.status == "late":
        return gettext("%(name)s: terlambat %(late)s")
    if clock.status == "paused" and clock.paused_days:
        return gettext("%(name)s: berhenti %(held)s, menunggu pelapor")
    if clock.status == "paused":
        return gettext("%(name)s: berhenti, menunggu pelapor")
    return _hours_pattern(clock) if clock.unit == "hours" else _days_pattern(clock)


def _days_pattern(clock: ClockView) -> str:
    if clock.status == "done" and clock.late_days:
        return gettext("%(name)s: terlambat %(late)s dari batas %(limit)s hari")
    if clock.status == "done" and clock.day == 0:
        return gettext("%(name)s: selesai pada hari yang sama")
    if clock.status == "done":
        return gettext("%(name)s: hari ke-%(day)s dari %(limit)s, tepat waktu")
    if clock.day == 0:
        return gettext("%(name)s: mulai dihitung, batas %(whole)s")
    return gettext("%(name)s: hari ke-%(day)s dari %(limit)s")


def _hours_pattern(clock: ClockView) -> str:
    if clock.status == "done" and clock.late_days:
        return gettext("%(name)s: lewat dari batas %(whole)s")
    if clock.status == "done":
        return gettext("%(name)s: dalam batas %(whole)s, tepat waktu")
    return gettext("%(name)s: batas %(whole)s")


def due_words(clock: ClockView) -> str:
    """Rabu, 25 November 2026 pukul 23.59 WIB."""
    return formats.long_datetime(clock.due_at, clock.zone, language())


def explanation(clock: ClockView) -> str:
    """Why the limit is where it is: due date, days off within it, pauses. One sentence for each."""
    parts = [gettext("Jatuh tempo %(due)s.") % {"due": due_words(clock)}]
    off = _off_words(clock)
    if off:
        parts.append(gettext("Tidak dihitung: %(days)s.") % {"days": join(off)})
    if clock.paused_days:
        unit = "calendar_days" if clock.unit == "hours" else clock.unit
        parts.append(gettext("Dijeda %(held)s menunggu pelapor.") % {"held": days(clock.paused_days, unit)})
    if clock.unit == "calendar_days":
        parts.append(gettext("Hari libur ikut dihitung."))
    if clock.unit == "hours":
        parts.append(gettext("Siang dan malam dihitung."))
    if clock.box_days > 1:
        weeks = clock.box_days // 7
        told = ngettext("Di sini satu kotak adalah %(n)s minggu.", "Di sini satu kotak adalah %(n)s minggu.", weeks)
        parts.append(told % {"n": weeks})
    return " ".join(parts)


def sentence(clock: ClockView, *, to_reporter: bool = True) -> str:
    """The whole clock in one sentence, for messages, receipts and wherever no bar is drawn.

    Tanggapan pertama: hari ke-2 dari 5, jatuh tempo Rabu, 25 November 2026 pukul 23.59 WIB; 23 November cuti bersama
    tidak dihitung; dijeda 2 hari kerja menunggu pelapor.
    """
    due = gettext("jatuh tempo %(due)s") % {"due": due_words(clock)}
    return "; ".join([f"{headline(clock, to_reporter=to_reporter)}, {due}", *reasons(clock)])


def reasons(clock: ClockView) -> list[str]:
    """Why the limit is not simply so many days away: days off and pauses, the usual weekend not among them."""
    listed = [
        gettext("%(day)s %(why)s tidak dihitung")
        % {"day": formats.plain_date(day, language(), year=False), "why": _lower(why)}
        for day, why in clock.off_days[:MOST_REASONS]
    ]
    if len(clock.off_days) > MOST_REASONS:
        listed.append(gettext("dan %(n)s hari libur lain") % {"n": len(clock.off_days) - MOST_REASONS})
    if clock.paused_days and clock.status != "paused":
        unit = "calendar_days" if clock.unit == "hours" else clock.unit
        listed.append(gettext("dijeda %(held)s menunggu pelapor") % {"held": days(clock.paused_days, unit)})
    return listed


def short_reasons(clock: ClockView) -> str:
    """23 Nov cuti bersama, dijeda 2 hari kerja: what fits under a row of work."""
    parts = [f"{formats.short_date(day, language())} {_lower(why)}" for day, why in clock.off_days[:1]]
    if len(clock.off_days) > 1:
        parts.append(gettext("%(n)s hari libur lain") % {"n": len(clock.off_days) - 1})
    if clock.paused_days:
        unit = "calendar_days" if clock.unit == "hours" else clock.unit
        parts.append(gettext("dijeda %(held)s") % {"held": days(clock.paused_days, unit)})
    return ", ".join(parts)


def _lower(why: str) -> str:
    """A common noun in the middle of a sentence: "cuti bersama"; the names of feasts keep their capitals."""
    noun = next((noun for noun in COMMON_NOUNS if why.lower().startswith(noun)), "")
    return noun + why[len(noun) :]


def _off_words(clock: ClockView) -> list[str]:
    """Sabtu dan Minggu, 24 Desember (cuti bersama), …"""
    listed = [f"{formats.plain_date(day, language(), year=False)} ({why})" for day, why in clock.off_days]
    weekend = {box.date.weekday() for box in clock.boxes if box.kind == "off" and box.date.weekday() >= 5}
    if clock.box_days == 1 and weekend:
        names = formats.DAYS["en" if language() == "en" else "id"]
        listed = [names[day] for day in sorted(weekend)] + listed
    return listed


def started_words(clock: ClockView) -> str:
    """diteruskan Sel 15 Des: the left mark under a bar."""
    verbs = {
        "verification": gettext("diterima %(day)s"),
        "window": gettext("dijawab %(day)s"),
        "completion": gettext("ditanyakan %(day)s"),
    }
    words = verbs.get(clock.name, gettext("diteruskan %(day)s"))
    return words % {"day": formats.short_date(clock.started_on, language())}


def limit_words(clock: ClockView) -> str:
    """batas Jum 8 Jan: the right mark under a bar."""
    if clock.unit == "hours":
        # A limit of hours without its hour says nothing.
        return gettext("batas %(day)s") % {"day": formats.short_datetime(clock.due_at, clock.zone, language())}
    local = clock.due_at.astimezone(formats.zone(clock.zone)).date()
    return gettext("batas %(day)s") % {"day": formats.short_date(local, language())}


def bar(clock: ClockView, *, dated: bool = True) -> Bar:
    """The boxes to draw; day numbers in them where they fit."""
    counted = sum(1 for box in clock.boxes if box.kind in COUNTED)
    if not dated:
        return Bar(marks=tuple(Mark(_kind(box)) for box in clock.boxes), look="mini")
    if counted > DATED_UP_TO or clock.status == "done" or clock.box_days > 1:
        return Bar(marks=tuple(Mark(_kind(box)) for box in clock.boxes), look="")
    marks = tuple(Mark(_kind(box), _day_number(box)) for box in clock.boxes)
    return Bar(marks=marks, look="dated" if counted <= 8 else "dated many")


def join(words: Sequence[str]) -> str:
    """a, b, dan c."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(most)s dan %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


def language() -> str:
    """The reader's language code, id when none is set."""
    return get_language() or "id"


def _kind(box: Box) -> str:
    return "" if box.kind == "future" else box.kind


def _day_number(box: Box) -> str:
    return "" if box.kind in {"off", "limit"} else str(box.date.day)
