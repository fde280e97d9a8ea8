"""The end of a life: agreement, silence, objection, rating. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tanggap.cases.workflow import Action, AnswerKind
from tanggap.demo.planning.cases import Seat
from tanggap.demo.planning.course import REPORTER, TIMER, Course
from tanggap.demo.planning.handling import answer
from tanggap.demo.planning.rhythm import spread

OFFICERS = 2
THANKS = {AnswerKind.DONE: "thanks", AnswerKind.INFORMATION: "informed"}


@dataclass(frozen=True, slots=True)
class Ending:
    """What the reporter does with the answer."""

    confirmed: bool = False
    objects: bool = False
    objects_again: bool = False
    thanks: bool = False
    rating: int = 0
    late_rating: int = 0
    reopened: bool = False


def end(course: Course, ending: Ending) -> None:
    """From the final answer to the close."""
    if ending.objects:
        _object(course, course.own("object") or course.text("reporter", "object"))
    if ending.objects_again:
        words = course.text("reporter", "object_again")
        course.add(Action.OBJECT, course.citizen(1 + course.rng.random() * 4), REPORTER, text=words)
    if ending.confirmed:
        _confirm(course, ending)
    else:
        _fall_silent(course, ending)
    if ending.late_rating:
        _rate_late(course, ending)
    if ending.reopened:
        _reopen(course)


def _object(course: Course, words: str) -> None:
    """To another officer than the one who answered."""
    course.add(Action.OBJECT, course.citizen(0.5 + course.rng.random() * 6), REPORTER, text=words)
    _answer_again(course)


def _answer_again(course: Course) -> None:
    course.officer = OFFICERS
    answer(course, 1 + spread(4.0, course.rng, most=30), AnswerKind.DONE, again=True)


def _confirm(course: Course, ending: Ending) -> None:
    if ending.thanks and course.kind in THANKS:
        words = course.text("reporter", THANKS[course.kind])
        course.add(Action.REPLY, course.citizen(course.rng.random() * 3), REPORTER, text=words)
    course.add(Action.CONFIRM, course.citizen(0.1 + course.rng.random() * 5), REPORTER)
    if ending.rating:
        course.add(Action.RATE, course.citizen(course.rng.random() * 0.5), REPORTER, rating=ending.rating)


def _fall_silent(course: Course, ending: Ending) -> None:
    """Silence closes ten working days after the answer, or after the last reply."""
    since = course.at
    if ending.objects_again:
        # A second objection restarts nothing: the window counts from the answer before it.
        since = next(act.at for act in reversed(course.acts) if act.action == Action.ANSWER_FINAL)
    if ending.rating:
        course.add(Action.RATE, course.citizen(0.2 + course.rng.random() * 4), REPORTER, rating=ending.rating)
    course.add(Action.CLOSE_SILENT, course.passes(since, course.scene.limits.window), TIMER)


def _rate_late(course: Course, ending: Ending) -> None:
    """One or two stars within ten working days after the close are an objection."""
    words = course.text("reporter", "unsatisfied")
    at = course.citizen(1 + course.rng.random() * 6)
    course.add(Action.RATE, at, REPORTER, rating=ending.late_rating, text=words)
    _answer_again(course)
    course.add(Action.CLOSE_SILENT, course.passes(course.at, course.scene.limits.window), TIMER)


def _reopen(course: Course) -> None:
    who = Seat("national_admin", course.scene.root.code)
    course.add(Action.REOPEN, course.office(4 + course.rng.random() * 8), who, text=course.text("staff", "reopen"))
    course.officer = OFFICERS
    answer(course, 1 + spread(5.0, course.rng, most=30), AnswerKind.DONE, again=True)
    course.add(Action.CLOSE_SILENT, course.passes(course.at, course.scene.limits.window), TIMER)
