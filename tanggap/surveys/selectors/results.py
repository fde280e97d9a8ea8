"""What a survey found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from tanggap.directory.models import Agency
from tanggap.surveys.ikm import ELEMENTS, RATINGS, Band, Tally, grade_of, mean_index, rounded
from tanggap.surveys.models import Survey
from tanggap.surveys.policies import public_surveys
from tanggap.surveys.rules import bands_on, policy_on


class Days(Protocol):
    """A period: the days from `first` to `last`, both included."""

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Result:
    """What one survey found. Without an index where it has fewer answers than may be shown."""

    n: int
    sample: int
    index: Decimal | None
    grade: str
    means: tuple[tuple[str, Decimal], ...]
    """Mean of each element, rounded to two digits."""
    weakest: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether enough people answered."""
        return self.n >= self.sample

    @property
    def missing(self) -> int:
        """How many answers the sample still lacks."""
        return max(0, self.sample - self.n)


@dataclass(frozen=True, slots=True)
class Skm:
    """The satisfaction with an agency over a period: the mean of its services' indices, each counting the same."""

    index: Decimal | None
    n: int
    sample: int
    met: bool
    """Whether every one of the surveys reached its sample; False without any."""
    grade: str
    services: int
    """How many services have a published survey that ended in the period."""


NOTHING = Skm(None, 0, 0, met=False, grade="", services=0)


def live_tally(survey: Survey) -> Tally:
    """Counted from the answers as they are now: one statement over one survey."""
    wanted = {f"{name}_{rating}": Count("pk", filter=Q(**{name: rating})) for name in ELEMENTS for rating in RATINGS}
    found = survey.answers.aggregate(**wanted)
    return Tally(tuple(tuple(found[f"{name}_{rating}"] for rating in RATINGS) for name in ELEMENTS))


def result_of(survey: Survey) -> Result:
    """What it found, by the rules of its last day; while it is open only how many answered.

    Means that move with every answer would tell whoever looks before and after what the person at the counter said.
    """
    if survey.counts is None:
        return Result(survey.answers.count(), survey.sample, None, "", (), ())
    tally = Tally.flat(survey.counts)
    if tally.n < policy_on(survey.last).fewest_shown:
        return Result(tally.n, survey.sample, None, "", (), ())
    means = tuple((name, rounded(mean)) for name, mean in zip(ELEMENTS, tally.means, strict=True))
    grade = grade_of(tally.index, bands_on(survey.last))
    return Result(tally.n, survey.sample, tally.index, grade, means, tally.weakest)


def by_channel(survey: Survey) -> list[tuple[str, int]]:
    """How many answers came by each channel, the most first."""
    rows = survey.answers.order_by().values_list("channel").annotate(n=Count("pk"))
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def by_trait(survey: Survey, name: str, *, fewest: int) -> list[tuple[str, int | None]]:
    """How many answers came from each band of a trait, unsaid ones under an empty name; None where they are too few.

    One hidden number could be found by subtraction from the whole, so the next smallest is hidden with it.
    """
    rows = sorted(survey.answers.order_by().values_list(name).annotate(n=Count("pk")), key=lambda row: (row[1], row[0]))
    small = sum(1 for _band, number in rows if number < fewest)
    hidden = {band for band, _number in rows[: 2 if small == 1 else small]}
    return [(band, None if band in hidden else number) for band, number in sorted(rows)]


def counted_surveys(period: Days, path: str = "/") -> list[Survey]:
    """The published surveys below a path that ended in a period, of each service the last: those that make an index."""
    newest = Window(RowNumber(), partition_by=F("service"), order_by=(F("last").desc(), F("pk").desc()))
    rows = public_surveys().filter(
        service__agency__path__startswith=path, last__gte=period.first, last__lte=period.last
    )
    return list(rows.annotate(place=newest).filter(place=1).select_related("service__agency"))


def skm_of(agency: Agency, period: Days) -> Skm:
    """The satisfaction with an agency and its units over a period (anything with `first` and `last`).

    Of each service counts the last published survey that ended in the period. A survey with fewer answers than may
    be shown counts in `n` and `sample`, never in the index.
    """
    surveys = counted_surveys(period, agency.path)
    return skm_over(surveys, rules_on(period.last)) if surveys else NOTHING


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides over an index: how few answers are not shown, and the grades."""

    fewest: int
    bands: Sequence[Band]


def rules_on(day: date) -> Rules:
    """The rules in force on a day, read once for however many bodies."""
    return Rules(policy_on(day).fewest_shown, bands_on(day))


def skm_over(surveys: Sequence[Survey], rules: Rules) -> Skm:
    """The same from surveys at hand; asks for nothing."""
    found = [(survey, Tally.flat(survey.counts)) for survey in surveys if survey.counts is not None]
    if not found:
        return NOTHING
    exact = [tally.exact for _one, tally in found if tally.n >= rules.fewest and tally.exact is not None]
    index = mean_index(exact)
    return Skm(
        index=index,
        n=sum(tally.n for _one, tally in found),
        sample=sum(survey.sample for survey, _tally in found),
        met=all(tally.n >= survey.sample for survey, tally in found),
        grade=grade_of(index, rules.bands),
        services=len(found),
    )
