"""The life of a task: open → answered → accepted, or returned and answered again. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    ANSWERED = "answered"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Step(StrEnum):
    """What can be done with one."""

    ANSWER = "answer"
    RETURN = "return"
    ACCEPT = "accept"


MOVES: Final = {
    Step.ANSWER: (frozenset({State.OPEN, State.RETURNED}), State.ANSWERED),
    Step.RETURN: (frozenset({State.ANSWERED}), State.RETURNED),
    Step.ACCEPT: (frozenset({State.ANSWERED}), State.ACCEPTED),
}
WAITING: Final = frozenset({State.OPEN, State.RETURNED})
"""The unit has to do something; the date runs."""


def after(state: str, step: Step) -> State | None:
    """The state after a step; None where it cannot be taken."""
    sources, to = MOVES[step]
    return to if state in sources else None
