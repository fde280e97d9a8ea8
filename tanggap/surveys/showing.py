"""What the pages about a survey hold: the same words for everybody's page and the console's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tanggap.common.clockwords import language
from tanggap.surveys.answer_form import LABELS
from tanggap.surveys.models import TRAITS, Channel, FollowUp, Survey
from tanggap.surveys.questions import BY_SLUG
from tanggap.surveys.rules import grade_rows_on, policy_on
from tanggap.surveys.selectors.results import Result, by_channel, by_trait, result_of


@dataclass(frozen=True)
class ElementLine:
    """One element: its mean, where it lies between 1 and 4 in per cent, and whether it is the weakest."""

    code: str
    name: Promise
    mean: Decimal
    at: str
    weak: bool


@dataclass(frozen=True)
class PlanLine:
    """One promise of the plan."""

    item: FollowUp
    element: Promise
    done: bool


@dataclass(frozen=True)
class TraitLine:
    """One trait: each band's name with its number, None where it is too small to be shown."""

    name: Promise
    bands: list[tuple[str, int | None]]


@dataclass(frozen=True)
class Found:
    """The result of a survey as a page shows it."""

    result: Result
    grade_words: str
    elements: list[ElementLine]
    plan: list[PlanLine]
    channels: list[tuple[str, int]]

    @property
    def weakest(self) -> list[Promise]:
        """The names of the weakest elements."""
        return [line.name for line in self.elements if line.weak]

    @property
    def all_equal(self) -> bool:
        """Whether no element is weaker than another."""
        return all(line.weak for line in self.elements)


def grade_words(survey: Survey, grade: str) -> str:
    """ "Baik": what the grade is called, in the reader's language."""
    row = next((row for row in grade_rows_on(survey.last) if row.grade == grade), None)
    if row is None:
        return ""
    return row.label_en if language().startswith("en") else row.label_id


def traits_of(survey: Survey) -> list[TraitLine]:
    """Who answered, for those who run the survey and look for whom they did not reach."""
    fewest, lines = policy_on(survey.last).fewest_shown, []
    for name, known in TRAITS.items():
        words = {str(value): str(label) for value, label in known.choices}
        bands = by_trait(survey, name, fewest=fewest)
        lines.append(TraitLine(LABELS[name], [(words.get(band) or _("tidak menyebut"), n) for band, n in bands]))
    return [line for line in lines if line.bands]


def found_in(survey: Survey) -> Found:
    """The result with its words, the plan and the ways the answers came."""
    result = result_of(survey)
    elements = [
        ElementLine(
            BY_SLUG[name].code, BY_SLUG[name].name, mean, f"{(mean - 1) / 3 * 100:.1f}%", name in result.weakest
        )
        for name, mean in result.means
    ]
    plan = [PlanLine(item, BY_SLUG[item.element].name, item.progress == 100) for item in survey.follow_ups.all()]
    labels = dict(Channel.choices)
    channels = [(str(labels[name]), number) for name, number in by_channel(survey)]
    return Found(result, grade_words(survey, result.grade), elements, plan, channels)
