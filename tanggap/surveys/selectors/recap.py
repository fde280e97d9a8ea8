"""The country by agency: who asked its people within a year, and what they said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from tanggap.directory.models import Agency
from tanggap.surveys.models import Service, Survey
from tanggap.surveys.selectors.results import Rules, Skm, counted_surveys, rules_on, skm_over


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year as a period."""

    year: int

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class RecapLine:
    """One government or national body with all its units."""

    body: Agency
    registered: int
    """Services that can be surveyed."""
    skm: Skm


@dataclass(frozen=True, slots=True)
class Recap:
    """The bodies with services, by name, and how many have none yet."""

    lines: list[RecapLine]
    without: int

    @property
    def surveyed(self) -> int:
        """Bodies that published a result."""
        return sum(1 for line in self.lines if line.skm.services)


def recap_of(year: Year) -> Recap:
    """Every body with services or results in a year; six statements and no count over answers."""
    registered: dict[int, int] = defaultdict(int)
    active = Service.objects.filter(ended_on__isnull=True).order_by().values_list("agency__body")
    for body_id, number in active.annotate(n=Count("pk")):
        registered[body_id] += number
    surveys: dict[int, list[Survey]] = defaultdict(list)
    for survey in counted_surveys(year):
        surveys[survey.service.agency.body_id or survey.service.agency_id].append(survey)
    bodies = Agency.objects.in_bulk({*registered, *surveys} - {None})
    rules = rules_on(year.last) if surveys else Rules(0, ())
    lines = [RecapLine(body, registered[pk], skm_over(surveys[pk], rules)) for pk, body in bodies.items()]
    everybody = Agency.objects.filter(status=Agency.Status.ACTIVE, external=False, body_id__isnull=False)
    without = everybody.exclude(kind=Agency.Kind.UNIT).exclude(pk__in=list(bodies)).count()
    return Recap(sorted(lines, key=lambda line: (line.body.name, line.body.pk)), without)


HEADS = ("code", "name", "services", "services_surveyed", "n", "sample", "sample_met", "ikm", "grade")


def recap_rows(recap: Recap) -> Iterator[tuple[str, ...]]:
    """The recap as a table of texts, headings first."""
    yield HEADS
    for line in recap.lines:
        skm = line.skm
        met = "" if not skm.services else "1" if skm.met else "0"
        index = "" if skm.index is None else str(skm.index)
        numbers = (str(line.registered), str(skm.services), str(skm.n), str(skm.sample))
        yield (line.body.code, line.body.name, *numbers, met, index, skm.grade)
