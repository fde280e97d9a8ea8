"""Cases that belong to another one: the same thing reported again, and parts for other offices. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tanggap.cases.workflow import Action, Channel
from tanggap.demo.planning.asides import ENDS
from tanggap.demo.planning.cases import Act, Kind, PlannedCase, Seat
from tanggap.demo.planning.course import TIMER, Course
from tanggap.demo.planning.facts import NATIONAL
from tanggap.demo.planning.handling import answer, kind_of
from tanggap.demo.planning.rhythm import citizen_later, office_later, spread
from tanggap.demo.planning.wording import invented_person

PARTNERS = ("dlh", "dpupr", "dishub", "satpolpp", "diskominfo")


def duplicates(main: PlannedCase, course: Course) -> list[PlannedCase]:
    """One to three neighbours report it too; the coordinator merges them."""
    scene = course.scene
    verified = next((act for act in main.acts if act.action == Action.VERIFY), None)
    if main.secret or scene.oversight or verified is None or _hidden(main):
        return []
    made = []
    for _one in range(course.rng.choice((1, 1, 2, 3))):
        received_at = citizen_later(main.received_at, course.rng.random() * 5, scene.place.calendar, course.rng)
        later = max(received_at, verified.at)
        who = Seat("coordinator", scene.place.code) if scene.addressed else verified.by
        merged = office_later(later, spread(0.8, course.rng, most=4), scene.place.calendar, course.rng)
        text = course.text("staff", "merge")
        way = course.rng.choice((Channel.WHATSAPP.value, Channel.WEB.value, Channel.APP.value))
        made.append(
            replace(
                main,
                kind=Kind.DUPLICATE,
                text=course.text("staff", "duplicate_texts"),
                title="",
                channel=way,
                received_at=received_at,
                classification="",
                category="",
                where="",
                latitude=None,
                longitude=None,
                occurred_on=None,
                anonymous=False,
                reporter=invented_person(scene.words.bank, course.rng, channel=way, anonymous=False),
                entered_by=None,
                acts=(Act(Action.MERGE, merged, who, text=text),),
            )
        )
    return made


def _hidden(main: PlannedCase) -> bool:
    """Whether the main case turns secret or ends in the archive: nothing is merged into such a one."""
    ending = {Action.RAISE_CONFIDENTIALITY, Action.REPORT_PRESSURE, *ENDS} - {Action.CONFIRM, Action.CLOSE_SILENT}
    return any(act.action in ending for act in main.acts)


def split_off(course: Course) -> None:
    """The coordinator gives a part to a second office, where the government has one."""
    scene = course.scene
    if scene.place.kind == NATIONAL or scene.oversight or "/" not in course.holder:
        return
    partners = [f"{scene.place.code}/{slug}" for slug in PARTNERS if slug in scene.place.units]
    others = [code for code in partners if code not in (scene.unit, course.holder)]
    if others:
        who = Seat("coordinator", scene.place.code)
        course.add(Action.SPLIT, course.office(0.15), who, agency=course.rng.choice(others))


def parts(main: PlannedCase, course: Course) -> list[PlannedCase]:
    """The child cases of the splits in a life, each with a life of its own."""
    made = []
    for split in (act for act in main.acts if act.action == Action.SPLIT):
        own = Course(course.scene, course.rng, split.at + timedelta(seconds=1), split.agency)
        answer(own, spread(4.0, course.rng, most=20), kind_of(own, None))
        own.add(Action.CLOSE_SILENT, own.passes(own.at, course.scene.limits.window), TIMER)
        made.append(replace(main, kind=Kind.PART, received_at=split.at, acts=tuple(own.acts)))
    return made
