"""Signs that figures were made rather than earned. Each asks for a look at the cases behind, none is a verdict.

A rule counts cases among others (`of`) and speaks up when they are at least `minimum` and at least `share` of them.
Limits are rows (`FlagRule`); what each rule counts is here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from tanggap.cases.workflow import ArchiveReason, Outcome, State

NOT_THE_AGENCYS = frozenset({ArchiveReason.DUPLICATE, ArchiveReason.WITHDRAWN, ArchiveReason.SPAM})
REPEATED = 3
"""An answer given word for word to this many cases is a template."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules look at in one case."""

    pk: int
    state: str
    received_at: datetime
    forwarded_at: datetime | None = None
    first_answered_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    answer_due_at: datetime | None = None
    outcome: str = ""
    archive_reason: str = ""
    merged: bool = False
    seen_at: datetime | None = None
    answer: str = ""
    """A digest of the final answer's words; empty without one."""
    entered_by_holder: bool = False
    stops: tuple[tuple[datetime, datetime], ...] = ()
    """Holds and re-classifications: when, and the limit that ran then."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The row of one rule."""

    minimum: int
    share: float
    within: timedelta


@dataclass(frozen=True, slots=True)
class Finding:
    """The cases a rule points at, by number, out of how many."""

    cases: tuple[int, ...]
    of: int


Rule = Callable[[Sequence[Seen], Limits, date], Finding]


def _found(cases: Iterable[Seen], of: int) -> Finding:
    return Finding(tuple(sorted(case.pk for case in cases)), of)


def closed_unread(cases: Sequence[Seen], limits: Limits, last: date) -> Finding:
    """Closed by the timer although the answer was neither delivered nor opened. Who was told by message has read it."""
    closed = [case for case in cases if case.state == State.CLOSED and case.answered_at is not None]
    return _found((case for case in closed if case.outcome == Outcome.UNREACHED and not _read(case)), len(closed))


def _read(case: Seen) -> bool:
    return case.seen_at is not None and case.answered_at is not None and case.seen_at >= case.answered_at


def identical_answers(cases: Sequence[Seen], limits: Limits, last: date) -> Finding:
    """Final answers word for word the same in many cases."""
    answered = [case for case in cases if case.answer]
    times = Counter(case.answer for case in answered)
    return _found((case for case in answered if times[case.answer] >= limits.minimum), len(answered))


def template_in_minutes(cases: Sequence[Seen], limits: Limits, last: date) -> Finding:
    """A repeated answer, given sooner after forwarding than the case can have been read and dealt with."""
    answered = [case for case in cases if case.answer]
    times = Counter(case.answer for case in answered)
    return _found((case for case in answered if times[case.answer] >= REPEATED and _quick(case, limits)), len(answered))


def _quick(case: Seen, limits: Limits) -> bool:
    start, end = case.forwarded_at, case.first_answered_at
    return start is not None and end is not None and end - start <= limits.within


def archived_at_the_end(cases: Sequence[Seen], limits: Limits, last: date) -> Finding:
    """Archived in the last days of the period, of all that the agency archived in it."""
    archived = [case for case in cases if case.state == State.ARCHIVED and case.archive_reason not in NOT_THE_AGENCYS]
    ended = [case for case in archived if case.ended_at is not None and case.ended_at.date() <= last]
    first = last - limits.within + timedelta(days=1)
    return _found((case for case in ended if case.ended_at is not None and case.ended_at.date() >= first), len(ended))


def entered_by_who_answers(cases: Sequence[Seen], limits: Limits, last: date) -> Finding:
    """Entered by the unit that answers, and closed soon after."""
    entered = [case for case in cases if case.entered_by_holder]
    return _found((case for case in entered if _closed_fast(case, limits)), len(entered))


def _closed_fast(case: Seen, limits: Limits) -> bool:
    done = case.state == State.CLOSED and case.ended_at is not None
    return done and case.ended_at is not None and case.ended_at - case.received_at <= limits.within


def stopped_before_the_limit(cases: Sequence[Seen], limits: Limits, last: date) -> Finding:
    """Put on hold, or made another kind of case, when the limit was about to run out."""
    stopped = [case for case in cases if case.stops]
    return _found((case for case in stopped if any(_near(stop, limits) for stop in case.stops)), len(stopped))


def _near(stop: tuple[datetime, datetime], limits: Limits) -> bool:
    at, due = stop
    return timedelta(0) <= due - at <= limits.within


def merged_late(cases: Sequence[Seen], limits: Limits, last: date) -> Finding:
    """Merged into another case after the limit had passed without an answer."""
    merged = [case for case in cases if case.merged]
    return _found((case for case in merged if _was_late(case)), len(merged))


def _was_late(case: Seen) -> bool:
    due, ended = case.answer_due_at, case.ended_at
    return due is not None and ended is not None and case.first_answered_at is None and ended > due


def withdrawn_in_bursts(cases: Sequence[Seen], limits: Limits, last: date) -> Finding:
    """Withdrawn in a month that saw `share` times as many withdrawals as the others usually do."""
    withdrawn = [case for case in cases if case.archive_reason == ArchiveReason.WITHDRAWN and case.ended_at is not None]
    months = Counter(_month(case) for case in withdrawn)
    bursts = {month for month, count in months.items() if _is_burst(month, count, cases, months, limits)}
    return _found((case for case in withdrawn if _month(case) in bursts), len(withdrawn))


def _month(case: Seen) -> tuple[int, int]:
    at = case.ended_at or case.received_at
    return at.year, at.month


def _is_burst(
    month: tuple[int, int],
    count: int,
    cases: Sequence[Seen],
    months: Mapping[tuple[int, int], int],
    limits: Limits,
) -> bool:
    others = [months[one] for one in {(c.received_at.year, c.received_at.month) for c in cases} - {month}]
    usual = max(1.0, median(others)) if others else 1.0
    return count >= limits.minimum and count >= limits.share * usual


RULES: Mapping[str, Rule] = {
    "closed_unread": closed_unread,
    "identical_answers": identical_answers,
    "template_in_minutes": template_in_minutes,
    "archived_at_the_end": archived_at_the_end,
    "entered_by_who_answers": entered_by_who_answers,
    "stopped_before_the_limit": stopped_before_the_limit,
    "merged_late": merged_late,
    "withdrawn_in_bursts": withdrawn_in_bursts,
}
BY_TIMES = frozenset({"withdrawn_in_bursts"})
"""Rules whose `share` is how many times the usual number."""


def raised(slug: str, cases: Sequence[Seen], limits: Limits, last: date) -> Finding | None:
    """What a rule finds, where it is enough to speak up."""
    finding = RULES[slug](cases, limits, last)
    enough = len(finding.cases) >= max(1, limits.minimum)
    if slug not in BY_TIMES:
        enough = enough and len(finding.cases) >= limits.share * finding.of
    return finding if enough else None
