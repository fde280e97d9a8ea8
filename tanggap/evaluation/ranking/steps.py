"""The life of a period: computed, reviewed, published, frozen; computed anew as long as it is not frozen."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """What somebody does with a period."""

    REQUEST = "request"
    REVIEW = "review"
    PUBLISH = "publish"
    FREEZE = "freeze"


AFTER: dict[Step, tuple[frozenset[str], str]] = {
    Step.REQUEST: (frozenset({"requested", "computed", "reviewed", "published"}), "requested"),
    Step.REVIEW: (frozenset({"computed"}), "reviewed"),
    Step.PUBLISH: (frozenset({"reviewed"}), "published"),
    Step.FREEZE: (frozenset({"published"}), "frozen"),
}
"""Step → the states it may be done in, and the one it leads to."""


def next_state(state: str, step: Step) -> str | None:
    """The state after a step; None where it is not possible."""
    before, after = AFTER[step]
    return after if state in before else None
