"""What a plan must contain whatever chance says: every province, channel, state, reason; an inbox that is alive today.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from tanggap.cases.workflow import AnswerKind, ArchiveReason, Channel, Classification
from tanggap.demo.planning.facts import Facts, Place
from tanggap.demo.planning.rhythm import arrival_days

SETTLED = timedelta(days=150)
"""After that long a case has run its course."""
EARLY = time(5, 40)


class Fate(StrEnum):
    """An end that is asked for."""

    CONFIRMED = "confirmed"
    SILENT = "silent"
    UNREACHED = "unreached"
    OBJECTED = "objected"
    OBJECTED_TWICE = "objected_twice"
    RATED_BADLY = "rated_badly"
    REOPENED = "reopened"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SPLIT = "split"
    RETURNED = "returned"
    RETURNED_UP = "returned_up"
    PRESSED = "pressed"
    LOST_UNVERIFIED = "lost_unverified"
    LOST_FORWARDED = "lost_forwarded"
    LOST_IN_PROGRESS = "lost_in_progress"


class Pose(StrEnum):
    """Where a case stands on the day itself."""

    NEW = "new"
    CHECK_DUE = "check_due"
    CHECK_LATE = "check_late"
    ASKED_BEFORE = "asked_before"
    ANSWER_DUE = "answer_due"
    ANSWER_LATE = "answer_late"
    FRESHLY_FORWARDED = "freshly_forwarded"
    RESOLUTION_DUE = "resolution_due"
    ASKED = "asked"
    ANSWERED = "answered"
    WINDOW_ENDING = "window_ending"
    OBJECTED = "objected"


# How many working days before the day each came in.
POSED_BACK = {
    Pose.NEW: 1,
    Pose.CHECK_DUE: 3,
    Pose.CHECK_LATE: 5,
    Pose.ASKED_BEFORE: 4,
    Pose.ANSWER_DUE: 5,
    Pose.ANSWER_LATE: 8,
    Pose.FRESHLY_FORWARDED: 2,
    Pose.RESOLUTION_DUE: 14,
    Pose.ASKED: 4,
    Pose.ANSWERED: 4,
    Pose.WINDOW_ENDING: 12,
    Pose.OBJECTED: 12,
}
ENDS: tuple[ArchiveReason, ...] = (
    ArchiveReason.UNCLEAR,
    ArchiveReason.SPAM,
    ArchiveReason.WRONG_ADDRESSEE,
    ArchiveReason.OUT_OF_SCOPE,
    ArchiveReason.BEFORE_COURT,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of one case; empty fields are left to chance."""

    on: date
    at: datetime | None = None
    province: str = ""
    channel: str = ""
    fate: Fate | None = None
    reason: str = ""
    kind: AnswerKind | None = None
    classification: str = ""
    pose: Pose | None = None
    at_home: bool = False


def wishes(facts: Facts, home: Place, *, day: date, cases: int, rng: Random) -> list[Wish]:
    """One wish a family, oldest first."""
    posed = list(_poses(home, day, max(len(Pose) * 2, cases // 60), rng))
    plain = [Wish(on) for on in arrival_days(day, max(0, cases - len(posed)), rng)]
    settled = [n for n, wish in enumerate(plain) if day - wish.on > SETTLED]
    _deal(plain, settled, list(_must_happen(cases)), rng)
    everywhere = list(range(len(plain)))
    _deal(plain, everywhere, [{"province": code} for code in facts.provinces], rng)
    _deal(plain, everywhere, [{"channel": c.value} for c in Channel for _twice in range(2)], rng)
    return sorted([*plain, *posed], key=lambda wish: (wish.on, wish.at is None, wish.at or day_start(wish.on)))


def day_start(day: date) -> datetime:
    """Something to sort by."""
    return datetime.combine(day, time.min)


def _must_happen(cases: int) -> Iterator[Mapping[str, object]]:
    for _again in range(max(1, cases // 700)):
        yield from ({"reason": reason.value} for reason in ENDS)
        yield from ({"fate": fate} for fate in Fate)
        yield from ({"kind": kind, "fate": Fate.SILENT} for kind in AnswerKind)
        yield from ({"classification": c.value, "fate": Fate.SILENT} for c in Classification)


def _deal(plain: list[Wish], among: list[int], wanted: Sequence[Mapping[str, object]], rng: Random) -> None:
    """Give each of the wanted to one case, as far as there are cases."""
    chosen = rng.sample(among, min(len(among), len(wanted)))
    for place, want in zip(chosen, wanted, strict=False):
        plain[place] = replace(plain[place], **want)  # type: ignore[arg-type]


def _poses(home: Place, day: date, count: int, rng: Random) -> Iterator[Wish]:
    poses = list(Pose)
    for number in range(count):
        pose = poses[number % len(poses)]
        on = home.calendar.add_working_days(day, -POSED_BACK[pose])
        at = datetime.combine(on, EARLY, home.calendar.zone) + timedelta(seconds=rng.randrange(5400))
        # Every other one stands on the demo people's own desks.
        yield Wish(on, at=at, pose=pose, at_home=(number // len(poses)) % 2 == 0)
