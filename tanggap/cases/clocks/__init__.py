"""The clocks of a case: when a limit ends, how long something took, and why (DOMAIN.md §3). Pure: no Django.

`deadlines` answers *by when*, `durations` *how long*, `view` explains one clock to a reader. The limits themselves
are dated rows; nothing here knows that a first answer has five days.
"""

from tanggap.cases.clocks.bar import Box, BoxKind
from tanggap.cases.clocks.deadlines import (
    Limit,
    Pause,
    Unit,
    complete_file_at,
    due_at,
    is_late,
    nth_opening,
    on_time,
)
from tanggap.cases.clocks.durations import calendar_duration, working_duration
from tanggap.cases.clocks.view import ClockStatus, ClockView, explain

__all__ = [
    "Box",
    "BoxKind",
    "ClockStatus",
    "ClockView",
    "Limit",
    "Pause",
    "Unit",
    "calendar_duration",
    "complete_file_at",
    "due_at",
    "explain",
    "is_late",
    "nth_opening",
    "on_time",
    "working_duration",
]
