"""The middle of a life: what the office that has it does, up to its final answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tanggap.cases.workflow import Action, AnswerKind, Classification
from tanggap.demo.planning.cases import PlannedAnswer
from tanggap.demo.planning.course import REPORTER, TIMER, Course
from tanggap.demo.planning.matters import ANSWERS
from tanggap.demo.planning.wording import long_date

LIKELY = {
    Classification.COMPLAINT: (62, 13, 14, 4, 7),
    Classification.INFORMATION_REQUEST: (1, 92, 1, 5, 1),
    Classification.ASPIRATION: (15, 30, 33, 4, 18),
    Classification.SUPERVISORY_COMPLAINT: (48, 40, 0, 0, 12),
}
"""How often an answer is of each kind, in the order of ANSWERS."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What happens at the office. `first` and `final` are working days, each from what came before."""

    first: float
    final: float
    interim: bool = False
    accepted: bool = False
    acknowledged: bool = False
    question: bool = False
    replies: bool = True
    lost: bool = False
    lost_late: bool = False
    nagged: bool = False
    noted: bool = False
    assigned: bool = False
    kind: AnswerKind | None = None


def handle(course: Course, handling: Handling) -> bool:
    """Up to the final answer; False when it never comes."""
    _take_up(course, handling)
    if handling.lost:
        _nag(course, handling)
        return False
    if handling.question:
        _ask(course, handling)
    if handling.interim or handling.lost_late:
        _interim(course, handling.first)
    if handling.lost_late:
        _nag(course, handling)
        return False
    if handling.noted:
        note = course.text("staff", "note")
        course.add(Action.ANNOTATE, course.office(handling.final * 0.3), course.handler(), text=note)
    days = handling.final if handling.interim else handling.first
    answer(course, days, kind_of(course, handling.kind))
    return True


def _take_up(course: Course, handling: Handling) -> None:
    """Before anything is said in substance."""
    if handling.assigned:
        course.add(Action.ASSIGN, course.office(0.1), course.handler())
    if handling.acknowledged:
        text = course.text("staff", "acknowledgement")
        course.add(Action.ANSWER_INTERIM, course.office(handling.first * 0.2), course.handler(), text=text)
    if handling.accepted and not handling.lost:
        course.add(Action.ACCEPT, course.office(handling.first * 0.3), course.handler())


def answer(course: Course, days: float, kind: AnswerKind, *, again: bool = False) -> None:
    """The final answer, so many working days on."""
    at, course.kind = course.office(days), kind
    text, names = final_answer(course, at.astimezone(course.scene.place.calendar.zone).date(), kind, again=again)
    course.add(Action.ANSWER_FINAL, at, course.handler(), text=text, answer=names)


def _nag(course: Course, handling: Handling) -> None:
    if handling.nagged:
        words = course.text("reporter", "waiting")
        course.add(Action.REPLY, course.citizen(9 + course.rng.random() * 12), REPORTER, text=words)


def _interim(course: Course, days: float) -> None:
    at = course.office(days)
    visit = long_date(at.astimezone(course.scene.place.calendar.zone).date())
    words = course.own("interim", tgl_kerja=visit) or course.text("staff", "interim", tgl_kerja=visit)
    course.add(Action.ANSWER_INTERIM, at, course.handler(), text=words)


def _ask(course: Course, handling: Handling) -> None:
    question = course.own("ask") or course.text("staff", "ask")
    asked = course.add(Action.ASK_REPORTER, course.office(handling.first * 0.4), course.handler(), text=question)
    if handling.replies:
        words = course.own("reply") or course.text("reporter", "complete")
        course.add(Action.COMPLETE, course.citizen(0.3 + course.rng.random() * 6), REPORTER, text=words)
    else:
        course.add(Action.RESUME, course.passes(asked.at, course.scene.limits.completion), TIMER)


def kind_of(course: Course, wanted: AnswerKind | None) -> AnswerKind:
    """What the answer says: what this story has words for, by how likely it is."""
    if wanted is not None:
        return wanted
    kinds = list(ANSWERS)
    weights = [float(weight) for weight in LIKELY[Classification(course.scene.classification)]]
    for place, kind in enumerate(kinds):
        if not course.scene.matter.pick(ANSWERS[kind], course.scene.strand, course.rng):
            weights[place] = weights[place] * 0.15
    return course.rng.choices(kinds, weights)[0]


def final_answer(course: Course, at: date, kind: AnswerKind, *, again: bool = False) -> tuple[str, PlannedAnswer]:
    """The words of a final answer on a day, and what it names."""
    rng, scene = course.rng, course.scene
    calendar = scene.place.calendar
    taken_up = calendar.local_date(course.at)
    worked = max(calendar.add_working_days(at + timedelta(days=1), -1 - rng.randrange(0, 3)), min(taken_up, at))
    promised = calendar.add_working_days(at, rng.randrange(8, 60))
    dates = {"tgl_kerja": long_date(worked), "tgl_janji": long_date(promised)}
    if again and kind == AnswerKind.DONE:
        text = course.text("staff", "again", **dates)
    else:
        name = ANSWERS[kind]
        text = course.own(name, **dates) or course.text("staff", kind.value, **dates)
    return text, PlannedAnswer(
        kind=kind,
        office=course.office_name[:120],
        done_on=worked if kind == AnswerKind.DONE else None,
        promised_on=promised if kind == AnswerKind.PROMISED else None,
        legal_basis=(scene.matter.basis or course.text("staff", "basis")) if kind == AnswerKind.REFUSED else "",
    )
