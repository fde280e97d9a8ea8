"""The figures of a report card from the facts of its cases. Pure: no Django, no database (DOMAIN §7).

Every figure is over all cases of the period less merged duplicates, which are counted with the case that was kept.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from tanggap.cases.clocks import Pause, calendar_duration, working_duration
from tanggap.cases.workflow import Outcome, State
from tanggap.directory.calendar import WorkingCalendar

NONE = "none"
"""The key of cases without a classification, category or district."""
REGENCY_PARTS, DISTRICT_PARTS = 2, 3
ENDED = frozenset({State.CLOSED, State.ARCHIVED})
WAITING = frozenset({State.UNVERIFIED, State.ON_HOLD, State.FORWARDED, State.IN_PROGRESS})

CalendarOf = Callable[[int], WorkingCalendar]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the figures need of one case, as it stood at some moment: from its row, or from its events until then."""

    state: str
    channel: str
    classification: str | None
    category: str | None
    region: str | None
    agency_id: int
    received_at: datetime
    verified_at: datetime | None = None
    forwarded_at: datetime | None = None
    first_answered_at: datetime | None = None
    closed_at: datetime | None = None
    verification_due_at: datetime | None = None
    answer_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    objection_due_at: datetime | None = None
    outcome: str = ""
    archive_reason: str = ""
    reopens: int = 0
    returns: int = 0
    rating: int | None = None
    merged: bool = False
    pauses: tuple[Pause, ...] = ()

    @property
    def district(self) -> str:
        """The code of the district (kecamatan) of the case's region; `none` for a wider one or none."""
        parts = (self.region or "").split(".")
        return ".".join(parts[:DISTRICT_PARTS]) if len(parts) >= DISTRICT_PARTS else NONE

    @property
    def regency(self) -> str:
        """The code of the regency or city of the case's region; `none` for a province or none."""
        parts = (self.region or "").split(".")
        return ".".join(parts[:REGENCY_PARTS]) if len(parts) >= REGENCY_PARTS else NONE


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, median and 90th percentile (nearest rank) of `n` values; None without any."""

    mean: float | None
    median: float | None
    p90: float | None
    n: int


def spread(values: Sequence[float]) -> Spread:
    """The spread of values, the same whatever their order."""
    if not values:
        return Spread(None, None, None, 0)
    ordered = sorted(values)
    return Spread(
        math.fsum(ordered) / len(ordered),
        float(median(ordered)),
        ordered[math.ceil(0.9 * len(ordered)) - 1],
        len(ordered),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one report card. Shares and completion are 0–1, unrounded; None where nothing is divided by."""

    total: int
    by_state: dict[str, int]
    by_channel: dict[str, int]
    by_classification: dict[str, int]
    by_category: dict[str, int]
    by_district: dict[str, int]
    closed_over_total: float | None
    closed_and_in_progress_over_total: float | None
    closed_over_total_without_archived: float | None
    first_answer_working_days: Spread
    first_answer_calendar_days: Spread
    verification_working_days: Spread
    citizen_first_answer_calendar_days: Spread
    citizen_close_calendar_days: Spread
    on_time_share: float | None
    on_time_n: int
    overdue: int
    reopened: int
    closed_silent: int
    returned: int
    satisfaction_mean: float | None
    satisfaction_n: int
    by_outcome: dict[str, int]
    by_archive_reason: dict[str, int]
    by_regency: dict[str, int]
    forwarded_within_3: int
    followed_up_within_10: int
    promises_kept: int
    promises_broken: int
    promises_pending: int
    charged_on_time: int
    charged_n: int
    held_working_days: Spread


def figures(cases: Iterable[CaseFacts], *, at: datetime, calendar_of: CalendarOf) -> Figures:
    """The figures of `cases` as they stand `at` a moment; working days in the calendar of each case's agency."""
    counted = [case for case in cases if not case.merged]
    states = Counter(case.state for case in counted)
    closed, archived = states[State.CLOSED], states[State.ARCHIVED]
    in_progress = states[State.IN_PROGRESS] + states[State.ANSWERED]
    total = len(counted)
    judged = [on_time for case in counted if (on_time := answered_on_time(case, at)) is not None]
    ratings = [case.rating for case in counted if case.rating is not None]
    return Figures(
        total=total,
        by_state={state.value: states[state] for state in State},
        by_channel=_counts(case.channel for case in counted),
        by_classification=_counts(case.classification or NONE for case in counted),
        by_category=_counts(case.category or NONE for case in counted),
        by_district=_counts(case.district for case in counted),
        closed_over_total=_ratio(closed, total),
        closed_and_in_progress_over_total=_ratio(closed + in_progress, total),
        closed_over_total_without_archived=_ratio(closed, total - archived),
        first_answer_working_days=spread(list(_first_answers(counted, calendar_of))),
        first_answer_calendar_days=spread(list(_first_answers(counted, None))),
        verification_working_days=spread(list(_verifications(counted, calendar_of))),
        citizen_first_answer_calendar_days=spread(
            [calendar_duration(c.received_at, c.first_answered_at) for c in counted if c.first_answered_at]
        ),
        citizen_close_calendar_days=spread(
            [calendar_duration(c.received_at, c.closed_at) for c in counted if c.closed_at and c.state == State.CLOSED]
        ),
        on_time_share=_ratio(sum(judged), len(judged)),
        on_time_n=len(judged),
        overdue=sum(is_overdue(case, at) for case in counted),
        reopened=sum(case.reopens > 0 for case in counted),
        closed_silent=sum(case.state == State.CLOSED and case.outcome == Outcome.SILENT for case in counted),
        returned=sum(case.returns > 0 for case in counted),
        satisfaction_mean=_ratio(sum(ratings), len(ratings)),
        satisfaction_n=len(ratings),
        **_further(counted, judged),
    )


def _further(counted: Sequence[CaseFacts], judged: Sequence[bool]) -> dict[str, Any]:
    return {
        "by_outcome": _counts(case.outcome for case in counted if case.outcome),
        "by_archive_reason": _counts(case.archive_reason for case in counted if case.archive_reason),
        "by_regency": _counts(case.regency for case in counted),
        "forwarded_within_3": sum(_within(case.received_at, case.forwarded_at, 3) for case in counted),
        "followed_up_within_10": sum(_within(case.received_at, case.first_answered_at, 10) for case in counted),
        "promises_kept": 0,
        "promises_broken": 0,
        "promises_pending": 0,
        "charged_on_time": sum(judged),
        "charged_n": len(judged),
        "held_working_days": spread([]),
    }


def _within(start: datetime, end: datetime | None, days: int) -> bool:
    return end is not None and calendar_duration(start, end) <= days


def _counts(keys: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(keys).items()))


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _first_answers(cases: Iterable[CaseFacts], calendar_of: CalendarOf | None) -> Iterator[float]:
    """From forwarding to the first answer, net of pauses: working days, or calendar days without calendars."""
    for case in cases:
        if case.forwarded_at and case.first_answered_at:
            yield _days(case, case.forwarded_at, case.first_answered_at, calendar_of)


def _verifications(cases: Iterable[CaseFacts], calendar_of: CalendarOf) -> Iterator[float]:
    """From submission to verification, in working days net of pauses."""
    for case in cases:
        if case.verified_at:
            yield _days(case, case.received_at, case.verified_at, calendar_of)


def _days(case: CaseFacts, start: datetime, end: datetime, calendar_of: CalendarOf | None) -> float:
    if calendar_of is None:
        return calendar_duration(start, end, case.pauses)
    return working_duration(start, end, calendar_of(case.agency_id), case.pauses)


def answered_on_time(case: CaseFacts, at: datetime) -> bool | None:
    """Whether the first answer came within its limit; None while the limit has not passed `at`.

    None too for what never had a limit, and for a case archived within it: the clock was stopped, nobody was late.
    A closed case whose file names no answer counts as unanswered: leaving times out must not raise the share.
    """
    due, answered = case.answer_due_at, case.first_answered_at
    if due is None or not _passed(case, due, at, stopped=answered is not None):
        return None
    if answered is not None:
        return answered <= due
    stopped = case.closed_at if case.state == State.ARCHIVED else None
    return None if stopped is not None and stopped <= due else False


def is_overdue(case: CaseFacts, at: datetime) -> bool:
    """Whether the limit that runs now has passed: verification, first answer, resolution or the answer to an objection.

    The reporter's window is nobody's delay, and what has ended is not overdue any more.
    """
    if case.state not in WAITING:
        return False
    if case.forwarded_at is None and case.verified_at is None and case.first_answered_at is None:
        due = case.verification_due_at
    elif case.first_answered_at is None:
        due = case.answer_due_at
    else:
        due = case.objection_due_at or case.resolution_due_at
    return due is not None and _passed(case, due, at, stopped=False)


def _passed(case: CaseFacts, due: datetime, at: datetime, *, stopped: bool) -> bool:
    """Whether a limit ran out. On hold it stands still: what was in time when the question was asked still is."""
    asked = next((pause.start for pause in case.pauses if pause.end is None), None)
    return due < (at if stopped or asked is None else min(asked, at))
