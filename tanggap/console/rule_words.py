"""What settings pages say: changes, previews, weeks, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.cases.deadlines import LimitRow
from tanggap.cases.limit_edits import LimitEdit
from tanggap.cases.open_dates import Edit, Moved, edit_of
from tanggap.cases.previewing import Preview
from tanggap.cases.selectors.recalculations import Change
from tanggap.cases.vocabulary import ClassificationWord
from tanggap.common import formats
from tanggap.common.clockwords import days, join, language
from tanggap.directory.calendar import Week
from tanggap.directory.calendar_edits import CalendarEdit, DayEdit
from tanggap.directory.models import Agency, OfficeWeek
from tanggap.directory.selectors import calendar_of


def clock_name(clock: str, classification: str = "") -> str:
    """Jawaban akhir, pengaduan."""
    names = {
        "verification": _("Verifikasi"),
        "first_answer": _("Tanggapan pertama"),
        "resolution": _("Jawaban akhir"),
        "window": _("Giliran pelapor sesudah dijawab"),
        "completion": _("Pelapor melengkapi laporan"),
        "objection": _("Keberatan pelapor"),
        "statutory": _("Batas undang-undang"),
        "inquiry": _("Pertanyaan Ombudsman"),
        "promise": _("Janji dalam jawaban"),
        "urgent": _("Laporan mendesak"),
    }
    name = names.get(clock, clock)
    return f"{name}, {ClassificationWord(classification).label.lower()}" if classification else name


def urgent_name(name: str) -> str:
    """The clock of an urgent case."""
    return _("%(clock)s, laporan mendesak") % {"clock": name}


def planned(rows: list[LimitRow], today: date, agency_id: int | None) -> list[str]:
    """What the office itself has planned after today, a line for each."""
    return [
        _("mulai %(day)s: %(limit)s")
        % {
            "day": formats.plain_date(row.valid_from, language()),
            "limit": days(row.limit.amount, row.limit.unit),
        }
        for row in sorted(rows, key=lambda row: row.valid_from)
        if row.valid_from > today and row.agency_id == agency_id
    ]


def level_name(level: Agency | None) -> str:
    """Where a row comes from."""
    return level.full_name if level else _("nasional")


def week_words(week: Week) -> str:
    """Senin sampai Jumat, 08.00 sampai 16.00."""
    names = formats.DAYS["en" if language() == "en" else "id"]
    numbers = sorted(week.days)
    unbroken = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
    said = (
        _("%(first)s sampai %(last)s") % {"first": names[numbers[0]], "last": names[numbers[-1]]}
        if unbroken
        else join([names[number] for number in numbers])
    )
    hours = {
        "days": said,
        "opens": formats.clock_time(week.opens, language()),
        "closes": formats.clock_time(week.closes, language()),
    }
    return _("%(days)s, %(opens)s sampai %(closes)s") % hours


def week_of(row: OfficeWeek) -> Week:
    """A stored week as a value."""
    return Week(row.valid_from, frozenset(map(int, row.days.split(","))), row.opens, row.closes)


def edit_words(edit: Edit) -> list[str]:
    """What changes, a sentence for each row; of many days the first few."""
    if isinstance(edit, LimitEdit):
        return list(_limit_words(edit))
    return [*_days_words(edit), *_weeks_words(edit)]


MOST_DAYS = 5


def _days_words(edit: CalendarEdit) -> Iterable[str]:
    for day in edit.days[:MOST_DAYS]:
        yield _day_words(day)
    if len(edit.days) > MOST_DAYS:
        yield _("dan %(n)s hari lain") % {"n": len(edit.days) - MOST_DAYS}


def _day_words(edit: DayEdit) -> str:
    day = edit.after or edit.before
    facts = {"day": formats.long_date(edit.date, language()), "name": day.name if day else ""}
    if edit.after is None:
        return _("%(day)s: “%(name)s” dihapus") % facts
    if edit.after.working:
        return _("%(day)s menjadi hari kerja: %(name)s") % facts
    return _("%(day)s menjadi hari libur: %(name)s") % facts


def _weeks_words(edit: CalendarEdit) -> Iterable[str]:
    for week in edit.weeks:
        day = formats.long_date(week.valid_from, language())
        if week.after is None:
            yield _("Pekan kerja mulai %(day)s dihapus") % {"day": day}
        else:
            yield _("Pekan kerja mulai %(day)s: %(week)s") % {"day": day, "week": week_words(week.after)}


def _limit_words(edit: LimitEdit) -> Iterable[str]:
    for row in edit.after:
        if row.valid_from == edit.first_day:
            yield _("%(clock)s mulai %(day)s: %(limit)s (%(source)s)") % {
                "clock": clock_name(row.clock, row.classification),
                "day": formats.long_date(row.valid_from, language()),
                "limit": days(row.limit.amount, row.limit.unit),
                "source": row.source,
            }
            return
    row = (edit.before or edit.after)[0]
    yield _("%(clock)s mulai %(day)s kembali mengikuti aturan di atasnya") % {
        "clock": clock_name(row.clock, row.classification),
        "day": formats.long_date(edit.first_day, language()),
    }


@dataclass(frozen=True)
class Example:
    """A case whose limit moves."""

    number: str
    url: str
    clock: str
    old: str
    new: str
    earlier: bool


COLUMN_NAMES = {
    "verification_due_at": "verification",
    "answer_due_at": "first_answer",
    "resolution_due_at": "resolution",
    "window_ends_at": "window",
    "hold_due_at": "completion",
    "objection_due_at": "objection",
    "statutory_due_at": "statutory",
}


def examples_of(preview: Preview) -> list[Example]:
    """The first limit of each example that moves, from when to when."""
    return [_example(moved) for moved in preview.examples]


def _example(moved: Moved) -> Example:
    column, (old, new) = min(moved.dates.items(), key=lambda item: item[1][0])
    number = moved.case.tracking_id
    zone = calendar_of(moved.case.agency_id).zone
    name = "objection" if column == "objection_due_at" else COLUMN_NAMES[column]

    def said(moment: datetime) -> str:
        return formats.long_date(moment.astimezone(zone).date(), language())

    return Example(number, reverse("console:case", args=[number]), clock_name(name), said(old), said(new), new < old)


def preview_words(preview: Preview) -> str:
    """How many limits move, in a sentence."""
    if not preview.open:
        return _("Tidak ada jam yang sedang berjalan yang tersentuh.")
    if not preview.moved:
        return _("Tidak ada batas laporan terbuka yang bergeser.")
    facts = {
        "moved": formats.number(preview.about if preview.sampled else preview.moved, language()),
        "open": formats.number(preview.open, language()),
        "earlier": formats.number(preview.earlier, language()),
        "later": formats.number(preview.later, language()),
        "looked": formats.number(preview.looked_at, language()),
    }
    if preview.sampled:
        return (
            _("Sekitar %(moved)s dari %(open)s laporan terbuka bergeser, menurut %(looked)s yang batasnya terdekat.")
            % facts
        )
    return _("%(moved)s laporan terbuka bergeser: %(later)s mundur, %(earlier)s maju.") % facts


@dataclass(frozen=True)
class ChangeLine:
    """One saved change in the list."""

    id: int
    at: datetime
    said: list[str]
    reason: str
    level: str
    outcome: str
    running: bool
    looked_at: int
    total: int


def change_line(change: Change, level: Agency | None, *, everything: bool) -> ChangeLine:
    """A change with what came of it. Cases that are secret are counted for the national admin alone."""
    work = change.work
    return ChangeLine(
        id=change.event.pk,
        at=change.event.at,
        said=edit_words(edit_of(change.event)),
        reason=str(change.event.data.get("reason", "")),
        level=level_name(level),
        outcome=_outcome(change, everything=everything),
        running=work is None or work.finished_at is None,
        looked_at=work.looked_at if work else 0,
        total=work.total if work else 0,
    )


def _outcome(change: Change, *, everything: bool) -> str:
    work = change.work
    if work is None:
        return _("Menunggu giliran dihitung.")
    facts = {
        "moved": formats.number(work.moved, language()),
        "later": formats.number(work.later, language()),
        "earlier": formats.number(work.earlier, language()),
        "looked": formats.number(work.looked_at, language()),
        "total": formats.number(work.total, language()),
        "hidden": formats.number(work.hidden, language()),
    }
    if work.finished_at is None:
        return _("Sedang dihitung: %(looked)s dari %(total)s laporan.") % facts
    if not work.moved and not (everything and work.hidden):
        return _("Tidak ada batas laporan terbuka yang bergeser.")
    said = _("%(moved)s laporan bergeser: %(later)s mundur, %(earlier)s maju.") % facts
    if everything and work.hidden:
        said += " " + _("Ditambah %(hidden)s laporan rahasia.") % facts
    return said
