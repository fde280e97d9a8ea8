"""The clock bar: one box a counting day, a mark for each day that does not count (design README, "Clock bar")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tanggap.cases.clocks.deadlines import DAY, Counting

BoxKind = Literal["past", "today", "done", "late", "held", "off", "limit", "future"]

LONGEST_LIMIT_BY_DAY = 31
LONGEST_SPAN_BY_DAY = 45
LONGEST_LATE_SPAN_BY_DAY = 31
MOST_LONG_BOXES = 22
"""So that a bar fits a phone however late a case is: above it a box stands for more weeks."""


@dataclass(frozen=True, slots=True)
class Box:
    """One mark of the clock bar; `date` is the first of the days it stands for."""

    date: date
    kind: BoxKind


@dataclass(frozen=True, slots=True)
class Bar:
    """What the boxes are drawn from, in local dates."""

    counting: Counting
    limit: int
    started_on: date
    due_on: date
    at_on: date
    """Today, or the day on which the clock stopped."""
    stopped: bool
    late: bool
    paused: bool

    @property
    def last(self) -> date:
        return max(self.due_on, self.at_on)

    @property
    def box_days(self) -> int:
        """How many days one box stands for: 1, or 7 and its multiples for a long limit or a very late case."""
        span = (self.last - self.started_on).days
        longest = LONGEST_LATE_SPAN_BY_DAY if self.late else LONGEST_SPAN_BY_DAY
        if self.limit <= LONGEST_LIMIT_BY_DAY and span <= longest:
            return 1
        return 7 * -(-span // (7 * MOST_LONG_BOXES))

    def boxes(self) -> Iterator[Box]:
        """From the day after the event (that day itself when the clock stopped on it) to the limit, or beyond it."""
        same_day = self.stopped and self.at_on <= self.started_on
        first = self.started_on if same_day else self.started_on + DAY
        yield from self._stretch(first, self.due_on)
        if self.late:
            yield Box(self.due_on, "limit")
        yield from self._stretch(self.due_on + DAY, self.last)

    def _stretch(self, first: date, last: date) -> Iterator[Box]:
        width = timedelta(days=self.box_days)
        while first <= last:
            until = min(first + width - DAY, last)
            yield Box(first, self._kind(first, until))
            first = until + DAY

    def _kind(self, first: date, until: date) -> BoxKind:
        if self.stopped and first <= self.at_on <= until:
            return "done"
        if not self.counting.days(first - DAY, until):
            return "off"
        if first > self.at_on:
            return "future"
        if self._held(first, until):
            return "held"
        if first > self.due_on:
            return "late"
        return "today" if until >= self.at_on else "past"

    def _held(self, first: date, until: date) -> bool:
        """Whether none of these days counted. The last day, when a hold was carried over to it, is no held day."""
        carried_over = first <= self.due_on <= until and not self.paused
        return not carried_over and not self.counting.net(first - DAY, until)
