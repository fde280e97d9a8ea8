"""Whether a packet that looks like an earlier one is that one again. Pure; the reasons are in ADR 0018."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# How long operators keep trying to hand over what they got no answer to.
OWED = timedelta(hours=24)
# An answer we wrote may have been lost with the line: the same packet over another one, soon, is that one.
BROKEN_LINE = timedelta(minutes=10)
# On the same line an answer arrives; what follows so closely was under way before it did. A person who answers two of
# our questions with "ya" needs longer: each of our questions comes first.
ECHO = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An identical packet that was kept: over which connection, when, and when our answer was on its way."""

    certain: bool
    line: str
    received_at: datetime
    answered_at: datetime | None


def is_same(earlier: Earlier, *, line: str, now: datetime) -> bool:
    """Whether the packet over `line` is the earlier one, brought again."""
    if earlier.certain:
        return True
    if earlier.answered_at is None:
        return now - earlier.received_at < OWED
    same_line = bool(line) and line == earlier.line
    return now - earlier.answered_at < (ECHO if same_line else BROKEN_LINE)
