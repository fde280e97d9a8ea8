"""The first part of a life: checking, asking, sorting out, handing over. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tanggap.cases.workflow import Action, ArchiveReason
from tanggap.demo.planning.cases import Seat
from tanggap.demo.planning.course import REPORTER, TIMER, Course
from tanggap.demo.planning.matters import Outside
from tanggap.demo.planning.rhythm import spread


@dataclass(frozen=True, slots=True)
class Intake:
    """What happens before an agency has it."""

    days: float
    held: bool = False
    completes: bool = True
    outside: Outside | None = None
    outside_place: int = 0
    withdrawn: bool = False
    lost: bool = False


def check(course: Course, intake: Intake) -> bool:
    """Up to verification. False when the case ends, or stays, before anybody holds it."""
    if intake.lost:
        return False
    if intake.withdrawn:
        at = course.citizen(course.rng.random() * 2)
        course.add(Action.WITHDRAW, at, REPORTER, text=course.text("staff", "withdrawn"))
        return False
    if intake.held and not _asked(course, intake):
        return False
    if intake.outside is not None:
        _sort_out(course, intake.outside, intake.outside_place, intake.days)
        return False
    return True


def _asked(course: Course, intake: Intake) -> bool:
    question = course.text("staff", "verifier_ask")
    asked = course.add(Action.HOLD, course.office(intake.days), course.verifier(), text=question)
    if not intake.completes:
        end = course.passes(asked.at, course.scene.limits.completion)
        course.add(Action.EXPIRE_HOLD, end, TIMER, text=course.text("staff", "expired"))
        return False
    course.add(Action.COMPLETE, course.citizen(0.2 + course.rng.random() * 5), REPORTER, text=_completion(course))
    return True


def _completion(course: Course) -> str:
    return course.text("reporter", "complete")


def _sort_out(course: Course, outside: Outside, place: int, days: float) -> None:
    """Archived or referred by the coordinator; an inspector cannot archive."""
    who = course.verifier()
    if who.role == "inspector":
        who = Seat("national_admin", course.scene.root.code)
    words = course.scene.words.fill(course.rng.choice(outside.explanations))
    at = course.office(days)
    if outside.reason == ArchiveReason.OUT_OF_SCOPE:
        body = course.scene.words.fill(outside.bodies[place % len(outside.bodies)])
        course.add(Action.REFER, at, who, text=words, reason=body)
    else:
        course.add(Action.ARCHIVE, at, who, text=words, reason=outside.reason)


@dataclass(frozen=True, slots=True)
class Routing:
    """The way to the office that answers."""

    days: float
    wrong_unit: bool = False
    wrong_body: bool = False
    over_government: bool = False


def hand_over(course: Course, routing: Routing) -> None:
    """Verified and forwarded, perhaps by detours: no wrong door ends a case."""
    scene = course.scene
    first = scene.unit
    if routing.wrong_body or (routing.over_government and not scene.oversight):
        first = scene.place.code
    elif routing.wrong_unit and scene.other_unit:
        first = scene.other_unit
    course.add(
        Action.VERIFY,
        course.office(routing.days),
        course.verifier(),
        agency=first,
        title=scene.title,
        classification=scene.classification,
        category=scene.category,
    )
    course.holder = first
    if routing.wrong_body:
        _up_and_over(course)
    elif first != scene.unit:
        _sideways(course)


def _up_and_over(course: Course) -> None:
    """The government says: not ours; the nation's admin sends it where it belongs."""
    scene = course.scene
    days = spread(1.2, course.rng)
    reason = course.text("staff", "return_up")
    course.add(Action.RETURN, course.office(days), Seat("coordinator", scene.place.code), text=reason)
    course.holder = scene.root.code
    _forward(course, Seat("national_admin", scene.root.code), scene.upper, 0.6, "forward_after_return")


def _sideways(course: Course) -> None:
    """Through the government, or back from a unit that was the wrong one."""
    scene = course.scene
    coordinator = Seat("coordinator", scene.place.code)
    if course.holder == scene.place.code:
        _forward(course, coordinator, scene.unit, 0.4, "forward_reason")
        return
    reason = scene.words.fill(scene.matter.wrong_reason) or course.text("staff", "return_reason")
    officer = Seat("liaison_officer", course.holder)
    course.add(Action.RETURN, course.office(spread(1.1, course.rng)), officer, text=reason)
    course.holder = scene.place.code
    _forward(course, coordinator, scene.unit, 0.5, "forward_after_return")


def _forward(course: Course, by: Seat, agency: str, median: float, why: str) -> None:
    reason = course.text("staff", why)
    at = course.office(spread(median, course.rng, most=12))
    course.add(Action.FORWARD, at, by, agency=agency, reason=reason)
    course.holder = agency
