"""Surveys at hand for tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from tanggap.directory.selectors import agency_by_code
from tanggap.surveys.ikm import ELEMENTS
from tanggap.surveys.models import Answer, Channel, Survey
from tanggap.surveys.services.close_survey import close_survey
from tanggap.surveys.services.make_service import make_service
from tanggap.surveys.services.open_survey import open_survey
from tanggap.surveys.services.plan_follow_up import plan_follow_up
from tanggap.surveys.services.publish_survey import publish_survey
from tests.cast import DAY, Cast

ONE_DAY = timedelta(days=1)


def opened(
    cast: Cast,
    name: str = "Pembuatan KTP",
    *,
    agency: str = "35.27/dinkes",
    by: str = "verifier",
    population: int = 220,
    at: datetime = DAY,
) -> Survey:
    service = make_service(name=name, agency=agency_by_code(agency), actor=cast[by], now=at)
    first = at.date()
    return open_survey(
        service=service, first=first, last=first + 20 * ONE_DAY, population=population, actor=cast[by], now=at
    )


def ratings(*values: int) -> dict[str, int]:
    """`ratings(4)` is all fours."""
    return dict(zip(ELEMENTS, values if len(values) == 9 else values * 9, strict=True))


def fill(survey: Survey, *answers: tuple[int, ...], times: int = 1) -> None:
    """Answers as if they had come by the open code."""
    Answer.objects.bulk_create(
        Answer(survey=survey, channel=Channel.QR, **ratings(*answer)) for answer in answers for _n in range(times)
    )


def published(cast: Cast, survey: Survey, *, by: str = "verifier", at: datetime = DAY) -> Survey:
    close_survey(code=survey.code, actor=cast[by], now=at)
    plan_follow_up(
        code=survey.code,
        element="u3",
        action="Menambah satu loket pada jam ramai",
        owner="Kepala bagian pelayanan",
        due_on=at.date() + 60 * ONE_DAY,
        actor=cast[by],
        now=at,
    )
    return publish_survey(code=survey.code, actor=cast[by], now=at)
