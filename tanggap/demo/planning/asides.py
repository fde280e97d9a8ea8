"""What happens beside a life's main course: others join, a reporter is pressed, a topic is corrected. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from tanggap.cases.workflow import Action
from tanggap.demo.planning.cases import Act
from tanggap.demo.planning.course import REPORTER, Course

ENDS = frozenset(
    {
        Action.CONFIRM,
        Action.CLOSE_SILENT,
        Action.ARCHIVE,
        Action.REFER,
        Action.WITHDRAW,
        Action.EXPIRE_HOLD,
    }
)
STILL_OPEN = timedelta(days=25)


def with_asides(course: Course, *, pressed: bool, secret: bool) -> tuple[Act, ...]:
    """The acts of the course and what goes on beside it, in order of time."""
    extra: list[Act] = []
    verified = next((act for act in course.acts if act.action == Action.VERIFY), None)
    if verified is not None:
        until = next((act.at for act in course.acts if act.action in ENDS), verified.at + STILL_OPEN)
        open_for = max((until - verified.at).total_seconds() - 120, 0)
        if pressed or course.chance(0.0015):
            extra.append(Act(Action.REPORT_PRESSURE, _within(course, verified.at, open_for), REPORTER))
        elif course.chance(0.004):
            who = course.acts[0].by if course.acts[0] is verified else verified.by
            extra.append(Act(Action.RAISE_CONFIDENTIALITY, _within(course, verified.at, open_for), who))
        elif not secret and not course.scene.oversight and course.chance(0.12):
            extra += _joined(course, verified.at, open_for)
        elif course.scene.category and course.chance(0.02):
            extra += _corrected(course, verified)
    return tuple(sorted([*course.acts, *extra], key=lambda act: act.at))


def _within(course: Course, start: datetime, seconds: float) -> datetime:
    return start + timedelta(seconds=60 + int(seconds * course.rng.random()))


def _joined(course: Course, start: datetime, seconds: float) -> list[Act]:
    """Others have the same trouble: mostly a few, now and then a whole neighbourhood."""
    many = min(60, int(course.rng.expovariate(1 / 6)) + 1)
    return [Act(Action.ENDORSE, _within(course, start, seconds), REPORTER) for _one in range(many)]


def _corrected(course: Course, verified: Act) -> list[Act]:
    """The coordinator sets another topic right after forwarding."""
    codes = [code for code in course.scene.matter.categories if code != course.scene.category]
    following = course.acts[course.acts.index(verified) + 1 :]
    at = verified.at + timedelta(minutes=11)
    if not codes or (following and following[0].at <= at):
        return []
    return [Act(Action.CORRECT, at, verified.by, category=codes[0])]
